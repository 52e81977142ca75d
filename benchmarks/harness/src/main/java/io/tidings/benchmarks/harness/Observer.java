package io.tidings.benchmarks.harness;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The consumer at the other end of the relay: reads the topic from its present end on, and remembers what it saw when. */
final class Observer extends TopicListener<byte[]> {

    private static final ObjectReader READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(Seen.class);

    private final Map<UUID, Told> told = new HashMap<>();
    private long distinct;
    private long lastNewAt;

    /** What it takes of an event. */
    record Seen(UUID orderId, long version) {}

    private Observer(String kafka, String topic) {
        super(kafka, topic, new ByteArrayDeserializer());
    }

    /** Returns when it will see whatever is sent from now on. */
    static Observer of(String kafka, String topic) {
        Observer observer = new Observer(kafka, topic);
        observer.startAtEnd();
        return observer;
    }

    @Override
    synchronized void hear(ConsumerRecords<byte[], byte[]> records, long now) {
        for (ConsumerRecord<byte[], byte[]> seenRecord : records) {
            Seen seen = READER.readValue(seenRecord.value());
            if (told.computeIfAbsent(seen.orderId(), id -> new Told(now)).add(seen.version())) {
                distinct++;
                lastNewAt = now;
            }
        }
    }

    /** How many different events it has seen. */
    synchronized long distinct() {
        requireSound();
        return distinct;
    }

    /** When the last new one came, in microseconds since 1970. */
    synchronized long lastNewAt() {
        return lastNewAt;
    }

    /** When an order was first told of. */
    synchronized Optional<Long> firstAt(UUID orderId) {
        return Optional.ofNullable(told.get(orderId)).map(Told::firstAt);
    }

    /** Waits until so many different events were seen; says whether they were. */
    boolean await(long expected, Duration atMost) {
        return await(() -> distinct >= expected, atMost);
    }

    /** @param committed orders and their versions: each from 1 on was to be told */
    synchronized Tally tally(Map<UUID, Long> committed) {
        return Tally.of(committed, told);
    }
}
