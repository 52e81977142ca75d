package io.tidings.analytics.domain;

import io.tidings.analytics.domain.Buckets.CountBucket;
import io.tidings.analytics.domain.Buckets.DurationBucket;
import io.tidings.analytics.domain.CountedAnswers.Answer;
import io.tidings.analytics.domain.Metric.Count;
import io.tidings.bus.PerTransaction;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Counts in memory what one transaction hears, and adds it to the buckets just before it commits: with one statement for
 * each table, however many events there were.
 */
@Service
public class Statistics {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");
    private static final String OF_A_SERVICE = ".";

    private final Buckets buckets;
    private final OpenOrders orders;
    private final CountedAnswers answers;
    private final PerTransaction<Tally> tally = new PerTransaction<>(Tally::new);

    Statistics(Buckets buckets, OpenOrders orders, CountedAnswers answers) {
        this.buckets = buckets;
        this.orders = orders;
        this.answers = answers;
    }

    /** One event more. */
    public void count(Count metric, Instant at) {
        tally.get().add(metric.label(), at, 1);
    }

    /** What became of an order at another service. It happens once, but an orchestrator that asks again is told again. */
    public void answered(Count what, UUID orderId, Fulfilment fulfilment, Instant at) {
        switch (fulfilment) {
            case CHOREOGRAPHY -> count(what, at);
            case ORCHESTRATION -> tally.get().answers.putIfAbsent(new Answer(orderId, what), storable(at));
        }
    }

    public void orderPlaced(UUID orderId, Money total, Instant at) {
        count(Count.ORDERS_PLACED, at);
        tally.get().learn(orderId, OrderHalves.placed(storable(at), total));
    }

    public void orderEnded(UUID orderId, Count how, Instant at) {
        count(how, at);
        tally.get().learn(orderId, OrderHalves.ended(storable(at), how == Count.ORDERS_COMPLETED));
    }

    /** @param topic where the dead letter lies, which names the service */
    public void deadLetter(String topic, Instant at) {
        count(Count.DEAD_LETTERS, at);
        tally.get().add(deadLettersOf(topic), at, 1);
    }

    /** The dead letters of one topic, as they are counted. */
    public static String deadLettersOf(String topic) {
        return Count.DEAD_LETTERS.label() + OF_A_SERVICE + topic;
    }

    /** A message may say that it comes from before or after all calendars. */
    private static Instant storable(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? Instant.now() : time;
    }

    /** All that one transaction hears. */
    private final class Tally implements TransactionSynchronization {

        private final Map<CountBucket, Long> counts = new HashMap<>();
        private final Map<DurationBucket, Long> durations = new HashMap<>();
        private final SortedMap<UUID, OrderHalves> news = new TreeMap<>();
        private final Map<Answer, Instant> answers = new HashMap<>();

        void add(String metric, Instant at, long amount) {
            for (Width width : Width.values()) {
                counts.merge(new CountBucket(width, metric, width.startOf(storable(at))), amount, Math::addExact);
            }
        }

        void learn(UUID orderId, OrderHalves halves) {
            news.merge(orderId, halves, OrderHalves::and);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            for (OrderHalves order : orders.learn(news)) {
                order.completion().ifPresent(this::add);
            }
            for (Answer answer : Statistics.this.answers.countedFirst(answers)) {
                add(answer.what().label(), Objects.requireNonNull(answers.get(answer)), 1);
            }
            buckets.addCounts(counts);
            buckets.addDurations(durations);
        }

        private void add(OrderHalves.Completion completion) {
            Money total = completion.total();
            add(new Metric.Revenue(total.currency()).label(), completion.completedAt(), total.minorUnits());
            int slot = DurationHistogram.slotOf(completion.took());
            for (Width width : Width.values()) {
                durations.merge(
                        new DurationBucket(width, width.startOf(completion.completedAt()), slot), 1L, Long::sum);
            }
        }
    }
}
