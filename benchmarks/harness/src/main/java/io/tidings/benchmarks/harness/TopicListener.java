package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Hears all of a topic in a thread of its own. What it heard is guarded by its monitor. */
abstract class TopicListener<K> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<K, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Thread thread;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean running = true;

    TopicListener(String kafka, String topic, Deserializer<K> keys) {
        consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000),
                keys,
                new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        thread = Thread.ofPlatform().name(topic + "-listener").daemon().unstarted(this::listen);
    }

    /** Returns when it will hear whatever is sent from now on, and all before that too. */
    final void startAtBeginning() {
        consumer.seekToBeginning(partitions);
        start();
    }

    /** Returns when it will hear whatever is sent from now on. */
    final void startAtEnd() {
        consumer.seekToEnd(partitions);
        start();
    }

    private void start() {
        partitions.forEach(consumer::position);
        thread.start();
    }

    private void listen() {
        try (consumer) {
            while (running) {
                ConsumerRecords<K, byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    hear(records, Clock.micros());
                    wakeWhoeverWaits();
                }
            }
        } catch (RuntimeException unreadable) {
            failure.set(unreadable);
            wakeWhoeverWaits();
        }
    }

    /** @param now in microseconds since 1970 */
    abstract void hear(ConsumerRecords<K, byte[]> records, long now);

    private synchronized void wakeWhoeverWaits() {
        notifyAll();
    }

    /** Waits until that has been heard; says whether it was. */
    final synchronized boolean await(BooleanSupplier heard, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!heard.getAsBoolean()) {
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

    /** @throws IllegalStateException if it hears no more */
    final void requireSound() {
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
