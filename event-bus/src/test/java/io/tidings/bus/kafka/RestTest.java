package io.tidings.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.tidings.bus.message.Envelope;
import io.tidings.bus.operations.BusStatus;
import io.tidings.infrastructure.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ContainerProperties;

/** A subscription that rests, so that messages gather. */
class RestTest {

    private static final Duration WELL_BEFORE_THE_CONTAINER_GIVES_UP =
            Duration.ofMillis(ContainerProperties.DEFAULT_SHUTDOWN_TIMEOUT / 2);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SOON = LONG.dividedBy(2);
    private static final String BROKER = Infrastructure.shared().kafkaBootstrapServers();

    private final String topic = "rests-" + UUID.randomUUID();
    private final Administration administration = new Administration(Map.of("bootstrap.servers", BROKER));
    private final KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(Map.of("bootstrap.servers", BROKER), new StringSerializer(), new ByteArraySerializer());
    private final AtomicInteger polls = new AtomicInteger();
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();

    private final WatchedConsumers consumers = new WatchedConsumers(BROKER) {
        @Override
        void beforePoll(Consumer<?, ?> consumer, Duration timeout) {
            if (!consumer.assignment().isEmpty()) {
                polls.incrementAndGet();
            }
        }
    };

    @AfterEach
    void end() {
        producer.close();
        administration.close();
    }

    @Test
    void the_first_message_after_a_silence_is_heard_at_once() throws Exception {
        KafkaSubscription subscription = subscribe(LONG);
        await("a silence").atMost(SOON).until(() -> polls.get() >= 3);

        tell("1");

        await().atMost(SOON).untilAsserted(() -> assertThat(batches).containsExactly(List.of("1")));
        subscription.stop();
    }

    /** Not always in a single batch: what came first may have been fetched ahead, and is taken before the others. */
    @Test
    void messages_right_behind_it_are_taken_together() throws Exception {
        KafkaSubscription subscription = subscribe(Duration.ofSeconds(3));
        tell("first");
        await().atMost(SOON).untilAsserted(() -> assertThat(batches).containsExactly(List.of("first")));
        List<String> behind =
                IntStream.rangeClosed(1, 50).mapToObj(Integer::toString).toList();

        for (String key : behind) {
            tell(key);
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(batches.stream().skip(1).flatMap(List::stream))
                        .containsExactlyElementsOf(behind));
        assertThat(batches).hasSizeLessThanOrEqualTo(3);
        subscription.stop();
    }

    @Test
    void it_stops_without_waiting_for_the_end_of_its_rest() throws Exception {
        KafkaSubscription subscription = subscribe(LONG);
        tell("1");
        await().atMost(SOON).untilAsserted(() -> assertThat(batches).containsExactly(List.of("1")));

        assertTimeout(WELL_BEFORE_THE_CONTAINER_GIVES_UP, () -> subscription.stop());
    }

    private KafkaSubscription subscribe(Duration rest) {
        KafkaSubscription subscription = new KafkaSubscription(
                topic,
                1,
                rest,
                consumers,
                new TopicProvisioner(administration.admin(), 1),
                () -> Set.of(topic),
                messages -> batches.add(messages.stream().map(Envelope::key).toList()),
                new BusStatus());
        subscription.start();
        return subscription;
    }

    private void tell(String key) throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(topic, key, "{}".getBytes(StandardCharsets.UTF_8)))
                .get();
    }
}
