package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Every order that was placed, and how it ended as a consumer of the topic {@code orders} hears it. */
final class OrderLedger implements AutoCloseable {

    private static final String TOPIC = "orders";
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final Map<UUID, OrderCourse> courses = new HashMap<>();
    private final Map<UUID, Runnable> waiting = new HashMap<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean running = true;
    private long placed;
    private long ended;

    private OrderLedger(KafkaConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().name("ledger").daemon().unstarted(this::listen);
    }

    /** Returns when it will hear of whatever ends from now on. */
    static OrderLedger of(String kafka) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        partitions.forEach(consumer::position);
        OrderLedger ledger = new OrderLedger(consumer);
        ledger.thread.start();
        return ledger;
    }

    private void listen() {
        try (consumer) {
            while (running) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    hear(records, Clock.micros());
                }
            }
        } catch (RuntimeException unreadable) {
            failure.set(unreadable);
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private void hear(ConsumerRecords<String, byte[]> records, long now) {
        List<Runnable> awaited = new ArrayList<>();
        synchronized (this) {
            for (ConsumerRecord<String, byte[]> told : records) {
                String type = typeOf(told);
                if (!type.equals("OrderPlaced")) {
                    UUID orderId = UUID.fromString(told.key());
                    OrderCourse before = courses.getOrDefault(orderId, OrderCourse.NOTHING);
                    ended += before.isEnded() ? 0 : 1;
                    courses.put(orderId, before.ended(type, now));
                    Optional.ofNullable(waiting.remove(orderId)).ifPresent(awaited::add);
                }
            }
            notifyAll();
        }
        awaited.forEach(Runnable::run);
    }

    /** Such as {@code OrderCompleted}. */
    private static String typeOf(ConsumerRecord<String, byte[]> told) {
        Header header = told.headers().lastHeader("ce_type");
        String[] words = new String(header.value(), StandardCharsets.UTF_8).split("\\.");
        return words[words.length - 2];
    }

    /** @param whenEnded is run as soon as the order has ended; at once if it has, since the news may be first */
    void placed(UUID orderId, long wantedAt, long answeredAt, Runnable whenEnded) {
        synchronized (this) {
            placed++;
            OrderCourse course =
                    courses.getOrDefault(orderId, OrderCourse.NOTHING).placed(wantedAt, answeredAt);
            courses.put(orderId, course);
            if (!course.isEnded()) {
                waiting.put(orderId, whenEnded);
                return;
            }
        }
        whenEnded.run();
    }

    /** Waits until all that were placed have ended; says whether they have. */
    synchronized boolean awaitAll(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (ended < placed) {
                Throwable cause = failure.get();
                if (cause != null) {
                    throw new IllegalStateException("What is on the topic can't be read.", cause);
                }
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

    synchronized long placed() {
        return placed;
    }

    /** Those that were placed and have not ended. */
    synchronized long underWay() {
        return placed - ended;
    }

    /** Those that a customer wanted to place in a span of time, in microseconds since 1970. */
    synchronized List<OrderCourse> wantedBetween(long from, long to) {
        return courses.values().stream()
                .filter(course -> course.isPlaced() && course.wantedAt() >= from && course.wantedAt() < to)
                .toList();
    }

    /** Those that were placed, and when they were is in their ids. */
    synchronized List<UUID> orders() {
        return courses.entrySet().stream()
                .filter(entry -> entry.getValue().isPlaced())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Those that match. */
    synchronized long count(Predicate<OrderCourse> wanted) {
        return courses.values().stream().filter(wanted).count();
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
