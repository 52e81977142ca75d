package io.tidings.infrastructure.test;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A topic of {@link io.tidings.infrastructure.Infrastructure#shared()} as anyone with a Kafka client sees it. */
public record Topic(String name) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** All records that are there now, those of a key in their order; none if there is no such topic. */
    public List<ConsumerRecord<String, String>> records() {
        return KafkaClients.reader().read(name);
    }

    /** All records of a key that are there now, in their order. */
    public List<ConsumerRecord<String, String>> recordsOf(String key) {
        return records().stream().filter(read -> key.equals(read.key())).toList();
    }

    /** All that is there now, those of a key in their order. */
    public List<CloudEvent> events() {
        return records().stream().map(CloudEvent::of).toList();
    }

    /** All events of a key that are there now, in their order. */
    public List<CloudEvent> eventsOf(Object key) {
        return recordsOf(key.toString()).stream().map(CloudEvent::of).toList();
    }

    /** Waits for a record of a key; returns the first that is wanted. */
    public ConsumerRecord<String, String> awaitRecord(String key, Predicate<ConsumerRecord<String, String>> wanted) {
        return await("record of %s on %s".formatted(key, name))
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> recordsOf(key).stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Returns when a consumer group has committed all that is there now. */
    public void awaitReadBy(String group) {
        Map<TopicPartition, Long> ends = KafkaClients.reader().ends(name);
        await("%s to read all of %s".formatted(group, name))
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> committed(group),
                        committed -> ends.entrySet().stream()
                                .allMatch(end -> isRead(end.getValue(), committed.get(end.getKey()))));
    }

    /** Returns when a member of a consumer group has been given this, and so will hear of what comes. */
    public void awaitHeardBy(String group) {
        await("%s to hear %s".formatted(group, name))
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions() // there is no such group yet
                .until(() -> isAssignedIn(group));
    }

    private boolean isAssignedIn(String group) throws ExecutionException, InterruptedException {
        return KafkaClients.admin().describeConsumerGroups(List.of(group)).all().get().values().stream()
                .flatMap(described -> described.members().stream())
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .anyMatch(partition -> partition.topic().equals(name));
    }

    private static boolean isRead(long end, @Nullable OffsetAndMetadata committed) {
        return end == 0 || committed != null && committed.offset() >= end;
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(String group)
            throws ExecutionException, InterruptedException {
        return KafkaClients.admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    /** Puts events here; returns when they are there. */
    public void send(CloudEvent... events) {
        send(Arrays.stream(events)
                .map(event -> message(event.key(), event.data().getBytes(StandardCharsets.UTF_8), event.headers()))
                .toList());
    }

    /** Puts a record of any form here; returns when it is there. */
    public void send(String key, byte @Nullable [] value, Map<String, String> headers) {
        send(List.of(message(key, value, headers)));
    }

    private ProducerRecord<String, byte[]> message(String key, byte @Nullable [] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(name, key, value);
        headers.forEach((header, text) -> message.headers().add(header, text.getBytes(StandardCharsets.UTF_8)));
        return message;
    }

    private static void send(List<ProducerRecord<String, byte[]>> messages) {
        Producer<String, byte[]> producer = KafkaClients.producer();
        var sent = messages.stream().map(producer::send).toList();
        producer.flush();
        sent.forEach(Future::resultNow);
    }

    /** The last header of that name; null if there is none. */
    public static @Nullable String header(ConsumerRecord<?, ?> read, String name) {
        Header header = read.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
