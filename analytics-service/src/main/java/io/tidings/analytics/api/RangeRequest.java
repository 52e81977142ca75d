package io.tidings.analytics.api;

import io.tidings.analytics.domain.Range;
import io.tidings.analytics.domain.Width;
import io.tidings.bus.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** From when to when, as callers write it. */
record RangeRequest(@Nullable Instant from, @Nullable Instant to) {

    private static final int USUAL_POINTS = 60;
    private static final int MOST_POINTS = 1_500;
    private static final Duration LONGEST_SUMMARY = Duration.ofDays(31);
    private static final int EARLIEST_YEAR = 1970;
    private static final int LATEST_YEAR = 9000;

    /** All time if neither is given. */
    Range forSummary() {
        if (from == null && to == null) {
            return Range.EVER;
        }
        Instant end = to == null ? Instant.now() : usable("to", to);
        Instant start = from == null ? end.minus(LONGEST_SUMMARY) : usable("from", from);
        requireOrder(start, end);
        if (Duration.between(start, end).compareTo(LONGEST_SUMMARY) > 0) {
            throw Problem.badRequest("from", "must be at most 31 days before to");
        }
        return new Range(Width.MINUTE, start, end);
    }

    /** Up to now, and some buckets back, if nothing else is said. */
    Range forSeries(Width width) {
        Instant end = to == null ? Instant.now() : usable("to", to);
        Instant start = from == null ? width.after(width.startOf(end), 1 - USUAL_POINTS) : usable("from", from);
        requireOrder(start, end);
        Range range = new Range(width, start, end);
        if (range.size() > MOST_POINTS) {
            throw Problem.badRequest(
                    "from", "must be at most %,d buckets before to, and is %,d".formatted(MOST_POINTS, range.size()));
        }
        return range;
    }

    private static void requireOrder(Instant start, Instant end) {
        if (!start.isBefore(end)) {
            throw Problem.badRequest("from", "must be before to");
        }
    }

    private static Instant usable(String parameter, Instant given) {
        int year = given.atOffset(ZoneOffset.UTC).getYear();
        if (year < EARLIEST_YEAR || year > LATEST_YEAR) {
            throw Problem.badRequest(parameter, "must be an instant in UTC, such as 2026-01-31T12:00:00Z");
        }
        return given;
    }
}
