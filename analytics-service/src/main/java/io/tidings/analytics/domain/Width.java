package io.tidings.analytics.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How long a bucket is. Buckets begin on the minute, the hour or the day, in UTC. */
public enum Width {
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Width(ChronoUnit unit) {
        this.unit = unit;
    }

    /** The beginning of the bucket that a time falls into. */
    public Instant startOf(Instant time) {
        return time.truncatedTo(unit);
    }

    public Instant after(Instant start, long buckets) {
        return start.plus(unit.getDuration().multipliedBy(buckets));
    }

    /** How many buckets begin in a range, which itself begins with a bucket. */
    public long between(Instant start, Instant end) {
        return Math.ceilDiv(
                Duration.between(start, end).toSeconds(), unit.getDuration().toSeconds());
    }
}
