package io.tidings.analytics.domain;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many things took how long. Each slot's bound is 10 % above the one before, from a millisecond to a month: so
 * histograms of any ranges can be added up, and a percentile is off by {@value #RELATIVE_ERROR} of itself at most. The
 * idea is that of <a href="https://www.vldb.org/pvldb/vol12/p2195-masson.pdf">DDSketch</a>.
 *
 * @param amounts by slot; empty slots need not be there
 */
public record DurationHistogram(SortedMap<Integer, Long> amounts) {

    /** What a percentile is off by, at most. */
    public static final double RELATIVE_ERROR = 0.05;

    public static final DurationHistogram EMPTY = new DurationHistogram(new TreeMap<>());

    private static final double GROWTH = 1.1;
    private static final long LONGEST_SECONDS = Duration.ofDays(31).toSeconds();
    private static final int LAST_SLOT = slotOf(LONGEST_SECONDS * 1_000);

    public DurationHistogram {
        amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
    }

    /** Where a duration is counted; what seems to have ended before it began took no time. */
    static int slotOf(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.toSeconds() >= LONGEST_SECONDS ? LAST_SLOT : slotOf(duration.toMillis());
    }

    private static int slotOf(long milliseconds) {
        return milliseconds <= 1 ? 0 : (int) Math.ceil(Math.log(milliseconds) / Math.log(GROWTH));
    }

    public long count() {
        return amounts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Within which time a share of the things was done; empty if there was nothing.
     *
     * @param share from 0 to 1
     */
    public Optional<Duration> percentile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count()));
        long seen = 0;
        for (Map.Entry<Integer, Long> slot : amounts.entrySet()) {
            seen += slot.getValue();
            if (seen >= rank) {
                return Optional.of(middleOf(slot.getKey()));
            }
        }
        return Optional.empty();
    }

    /** As far from the one bound as from the other, relatively. */
    private static Duration middleOf(int slot) {
        return Duration.ofMillis(slot == 0 ? 1 : Math.round(Math.pow(GROWTH, slot - 0.5)));
    }
}
