package io.tidings.analytics.domain;

import io.tidings.analytics.domain.Metric.Count;
import io.tidings.analytics.domain.Metric.Rate;
import io.tidings.analytics.domain.Metric.Revenue;
import io.tidings.analytics.domain.Metric.TimeToCompletion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What can be told from the buckets. */
@Service
public class Figures {

    private final Buckets buckets;
    private final OpenOrders orders;

    Figures(Buckets buckets, OpenOrders orders) {
        this.buckets = buckets;
        this.orders = orders;
    }

    /** @param value of the bucket; 0 if nothing happened in it */
    public record Point(Instant start, Number value) {}

    /**
     * @param totals amounts by metric
     * @param durations from placing to completion
     * @param openOrders orders that have not ended, now
     */
    public record Summary(Map<String, Long> totals, DurationHistogram durations, long openOrders) {

        public long of(Count metric) {
            return totals.getOrDefault(metric.label(), 0L);
        }
    }

    @Transactional(readOnly = true)
    public Summary summary(Range range) {
        return new Summary(buckets.totals(range), buckets.allDurations(range), orders.count());
    }

    /** A point for each bucket of the range, in their order. */
    @Transactional(readOnly = true)
    public List<Point> series(Metric metric, Range range) {
        Function<Instant, Number> value =
                switch (metric) {
                    case Count count -> counts(range, count.label());
                    case Revenue revenue -> counts(range, revenue.label());
                    case Rate.PAYMENT_FAILURE_RATE -> paymentFailureRates(range);
                    case TimeToCompletion time -> percentiles(range, time.share());
                };
        return range.starts().stream()
                .map(start -> new Point(start, value.apply(start)))
                .toList();
    }

    private Function<Instant, Number> counts(Range range, String label) {
        Map<Instant, Long> counts = buckets.counts(range, label);
        return start -> counts.getOrDefault(start, 0L);
    }

    private Function<Instant, Number> paymentFailureRates(Range range) {
        Map<Instant, Long> failed = buckets.counts(range, Count.PAYMENTS_FAILED.label());
        Map<Instant, Long> processed = buckets.counts(range, Count.PAYMENTS_PROCESSED.label());
        return start -> rate(failed.getOrDefault(start, 0L), processed.getOrDefault(start, 0L));
    }

    private Function<Instant, Number> percentiles(Range range, double share) {
        Map<Instant, DurationHistogram> durations = buckets.durations(range);
        return start -> durations
                .getOrDefault(start, DurationHistogram.EMPTY)
                .percentile(share)
                .map(Duration::toMillis)
                .orElse(0L);
    }

    /** Which part failed; 0 if there was nothing. */
    public static double rate(long failed, long processed) {
        return failed + processed == 0 ? 0 : (double) failed / (failed + processed);
    }
}
