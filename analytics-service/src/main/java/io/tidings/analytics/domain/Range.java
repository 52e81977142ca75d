package io.tidings.analytics.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Whole buckets, one after the other.
 *
 * @param from the beginning of the first
 * @param to the end of the last
 */
public record Range(Width width, Instant from, Instant to) {

    /** Everything that was ever counted. */
    public static final Range EVER =
            new Range(Width.DAY, Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));

    public Range {
        from = width.startOf(from);
        Instant last = width.startOf(to);
        to = last.equals(to) ? to : width.after(last, 1);
    }

    /** The minutes of a window of time, up to and with the one that is under way. */
    public static Range lastMinutes(Duration window, Instant now) {
        return new Range(Width.MINUTE, now.minus(window), Width.MINUTE.after(Width.MINUTE.startOf(now), 1));
    }

    public long size() {
        return width.between(from, to);
    }

    List<Instant> starts() {
        return LongStream.range(0, size())
                .mapToObj(number -> width.after(from, number))
                .toList();
    }
}
