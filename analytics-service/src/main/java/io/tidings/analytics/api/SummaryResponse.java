package io.tidings.analytics.api;

import io.tidings.analytics.domain.DurationHistogram;
import io.tidings.analytics.domain.Figures;
import io.tidings.analytics.domain.Figures.Summary;
import io.tidings.analytics.domain.Metric.Count;
import io.tidings.analytics.domain.Metric.Revenue;
import io.tidings.analytics.domain.Range;
import io.tidings.events.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param from null if all time was asked for
 * @param to null if all time was asked for
 * @param counts events, by metric
 * @param revenue what completed orders cost, one amount for each currency
 * @param funnel how many events of each stage there were in the range; not what became of the orders placed in it
 * @param openOrders orders that have not ended, now
 */
record SummaryResponse(
        @Nullable Instant from,
        @Nullable Instant to,
        Map<String, Long> counts,
        List<Money> revenue,
        List<Stage> funnel,
        Payments payments,
        Durations timeToCompletion,
        long openOrders) {

    /** @param share of the orders that were placed; 0 if there were none */
    record Stage(String stage, long orders, double share) {}

    /** @param failureRate from 0 to 1; 0 if there were none */
    record Payments(long processed, long failed, double failureRate) {}

    /**
     * In milliseconds.
     *
     * @param relativeError what the percentiles may be off by, as a part of themselves
     */
    record Durations(
            long orders,
            @Nullable Long p50,
            @Nullable Long p95,
            @Nullable Long p99,
            double relativeError) {

        static Durations of(DurationHistogram histogram) {
            return new Durations(
                    histogram.count(),
                    milliseconds(histogram, 0.50),
                    milliseconds(histogram, 0.95),
                    milliseconds(histogram, 0.99),
                    DurationHistogram.RELATIVE_ERROR);
        }

        private static @Nullable Long milliseconds(DurationHistogram histogram, double share) {
            return histogram.percentile(share).map(Duration::toMillis).orElse(null);
        }
    }

    static SummaryResponse of(Range range, Summary summary) {
        boolean ever = range.equals(Range.EVER);
        Map<String, Long> counts = new TreeMap<>();
        Stream.of(Count.values()).forEach(metric -> counts.put(metric.label(), summary.of(metric)));
        long processed = summary.of(Count.PAYMENTS_PROCESSED);
        long failed = summary.of(Count.PAYMENTS_FAILED);
        return new SummaryResponse(
                ever ? null : range.from(),
                ever ? null : range.to(),
                counts,
                revenue(summary.totals()),
                funnel(summary),
                new Payments(processed, failed, Figures.rate(failed, processed)),
                Durations.of(summary.durations()),
                summary.openOrders());
    }

    private static List<Money> revenue(Map<String, Long> totals) {
        return new TreeMap<>(totals)
                .entrySet().stream()
                        .filter(total -> total.getKey().startsWith(Revenue.PREFIX))
                        .map(total -> new Money(total.getValue(), total.getKey().substring(Revenue.PREFIX.length())))
                        .toList();
    }

    private static List<Stage> funnel(Summary summary) {
        long placed = summary.of(Count.ORDERS_PLACED);
        return List.of(
                stage("placed", placed, placed),
                stage("reserved", summary.of(Count.INVENTORY_RESERVED), placed),
                stage("paid", summary.of(Count.PAYMENTS_PROCESSED), placed),
                stage("shipped", summary.of(Count.SHIPMENTS_CREATED), placed),
                stage("completed", summary.of(Count.ORDERS_COMPLETED), placed));
    }

    private static Stage stage(String name, long orders, long placed) {
        return new Stage(name, orders, placed == 0 ? 0 : (double) orders / placed);
    }
}
