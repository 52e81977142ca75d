package io.tidings.payment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.CloudEventHeaders;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.message.TypeName;
import io.tidings.events.Event;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.Topics;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.user.UserCreated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What other services tell payment-service, and what they hear from it: real records on a real broker. */
@TestComponent
public class OtherServices implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, Class<? extends Event>> HEARD = Stream.of(
                    PaymentProcessed.class, PaymentFailed.class, PaymentRefunded.class)
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    private final JdbcClient jdbc;
    private final MessageCodec codec = new MessageCodec();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Event> heard = new ArrayList<>();

    OtherServices(@Value("${spring.kafka.bootstrap-servers}") String servers, JdbcClient jdbc) {
        this.jdbc = jdbc;
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A user signs up, and payment-service hears of it. */
    public UUID createUser() {
        UUID userId = TimeOrderedId.next();
        tell(new UserCreated(userId));
        return userId;
    }

    /** Puts messages on their topics, and returns when payment-service has handled them all. */
    public void tell(Message... messages) {
        awaitHandled(Arrays.stream(messages)
                .map(message -> send(TimeOrderedId.next(), message))
                .toList());
    }

    /** Puts a message on its topic. The same id means the same message once more. */
    public UUID send(UUID eventId, Message message) {
        MessageType type = MessageType.of(message.getClass());
        Envelope envelope = new Envelope(
                eventId,
                type.topic(),
                message.key(),
                new TypeName("io.tidings", type.name(), type.version()).toString(),
                "/test",
                Instant.now(),
                eventId.toString(),
                null,
                null,
                Map.of(),
                codec.write(message));
        ProducerRecord<String, byte[]> sealed =
                new ProducerRecord<>(envelope.topic(), envelope.key(), envelope.payload());
        CloudEventHeaders.write(envelope)
                .forEach((name, value) -> sealed.headers().add(name, value.getBytes(UTF_8)));
        producer.send(sealed);
        return eventId;
    }

    public void awaitHandled(Collection<UUID> eventIds) {
        producer.flush();
        UUID[] wanted = eventIds.stream().distinct().toArray(UUID[]::new);
        await("the service to handle what it was told")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count("select count(*) from inbox where event_id = any (:ids)", "ids", wanted)
                        == wanted.length);
    }

    /** All that payment-service has told of an order, in its order, after what it was told before. */
    public List<Event> heardOf(UUID orderId) {
        return heardOf(List.of(orderId)).get(orderId);
    }

    /** All that payment-service has told of each order, in its order, after what it was told before. */
    public synchronized Map<UUID, List<Event>> heardOf(Collection<UUID> orderIds) {
        String[] keys = orderIds.stream().map(UUID::toString).toArray(String[]::new);
        await("the service to send what it has published")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count("select count(*) from outbox where key = any (:keys)", "keys", keys) == 0);
        hear();
        return orderIds.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        orderId -> heard.stream()
                                .filter(event -> event.key().equals(orderId.toString()))
                                .toList()));
    }

    private void hear() {
        if (consumer.assignment().isEmpty()) {
            consumer.assign(consumer.partitionsFor(Topics.PAYMENTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(message -> heard.add(read(message)));
        }
    }

    private Event read(ConsumerRecord<String, byte[]> message) {
        String type = new String(message.headers().lastHeader("ce_type").value(), UTF_8);
        return codec.read(
                message.value(), HEARD.get(TypeName.parse(type).orElseThrow().name()));
    }

    private long count(String query, String parameter, Object value) {
        return jdbc.sql(query).param(parameter, value).query(Long.class).single();
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
