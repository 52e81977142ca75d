package io.tidings.analytics.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationHistogramTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.95, 0.99, 1})
    void a_percentile_is_off_by_a_twentieth_at_most(double share) {
        // given durations from milliseconds to days
        List<Long> milliseconds = new Random(1)
                .doubles(10_000, 1, 19)
                .mapToLong(power -> Math.round(Math.exp(power)))
                .sorted()
                .boxed()
                .toList();
        long exact = milliseconds.get((int) Math.ceil(share * milliseconds.size()) - 1);
        // when
        long told = histogramOf(milliseconds.stream().mapToLong(Long::longValue))
                .percentile(share)
                .orElseThrow()
                .toMillis();
        // then: and half a millisecond for rounding
        assertThat((double) told).isCloseTo(exact, within(DurationHistogram.RELATIVE_ERROR * exact + 0.5));
    }

    @Test
    void nothing_has_no_percentile() {
        assertThat(DurationHistogram.EMPTY.percentile(0.5)).isEmpty();
    }

    @Test
    void every_duration_has_a_slot() {
        assertThat(Stream.of(
                                Duration.ofSeconds(Long.MIN_VALUE),
                                Duration.ofMillis(-1),
                                Duration.ZERO,
                                Duration.ofMillis(1))
                        .map(DurationHistogram::slotOf))
                .containsOnly(0);
        assertThat(DurationHistogram.slotOf(Duration.ofSeconds(Long.MAX_VALUE)))
                .isEqualTo(DurationHistogram.slotOf(Duration.ofDays(31)))
                .isGreaterThan(DurationHistogram.slotOf(Duration.ofDays(20)));
    }

    private static DurationHistogram histogramOf(LongStream milliseconds) {
        TreeMap<Integer, Long> amounts = new TreeMap<>();
        milliseconds.forEach(
                duration -> amounts.merge(DurationHistogram.slotOf(Duration.ofMillis(duration)), 1L, Long::sum));
        return new DurationHistogram(amounts);
    }
}
