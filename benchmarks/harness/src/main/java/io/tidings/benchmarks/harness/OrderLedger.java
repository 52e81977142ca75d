package io.tidings.benchmarks.harness;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Every order that was placed, and how it ended as a consumer of the topic {@code orders} hears it. */
final class OrderLedger extends TopicListener<String> {

    private static final String TOPIC = "orders";

    private final Map<UUID, OrderCourse> courses = new HashMap<>();
    private final Map<UUID, Runnable> waiting = new HashMap<>();
    private long placed;
    private long ended;

    private OrderLedger(String kafka) {
        super(kafka, TOPIC, new StringDeserializer());
    }

    /** Returns when it will hear of whatever ends from now on. */
    static OrderLedger of(String kafka) {
        OrderLedger ledger = new OrderLedger(kafka);
        ledger.startAtBeginning();
        return ledger;
    }

    @Override
    void hear(ConsumerRecords<String, byte[]> records, long now) {
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
    boolean awaitAll(Duration atMost) {
        return await(() -> ended >= placed, atMost);
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
}
