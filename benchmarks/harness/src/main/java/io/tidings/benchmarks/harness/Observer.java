package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The consumer at the other end of the relay: reads the topic from its present end on, and remembers what it saw when. */
final class Observer implements AutoCloseable {

    private static final ObjectReader READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(Seen.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final Map<UUID, Told> told = new HashMap<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean running = true;
    private long distinct;
    private long lastNewAt;

    /** What it takes of an event. */
    record Seen(UUID orderId, long version) {}

    private Observer(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().name("observer").daemon().unstarted(this::observe);
    }

    /** Returns when it will see whatever is sent from now on. */
    static Observer of(String kafka, String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        Observer observer = new Observer(consumer);
        observer.thread.start();
        return observer;
    }

    private void observe() {
        try (consumer) {
            while (running) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    note(records, Clock.micros());
                }
            }
        } catch (RuntimeException unreadable) {
            failure.set(unreadable);
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private synchronized void note(ConsumerRecords<byte[], byte[]> records, long now) {
        for (ConsumerRecord<byte[], byte[]> seenRecord : records) {
            Seen seen = READER.readValue(seenRecord.value());
            if (told.computeIfAbsent(seen.orderId(), id -> new Told(now)).add(seen.version())) {
                distinct++;
                lastNewAt = now;
            }
        }
        notifyAll();
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
    synchronized boolean await(long expected, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (distinct < expected) {
                requireSound();
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @param committed orders and their versions: each from 1 on was to be told */
    synchronized Tally tally(Map<UUID, Long> committed) {
        return Tally.of(committed, told);
    }

    private void requireSound() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("What is on the topic can't be read.", cause);
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
