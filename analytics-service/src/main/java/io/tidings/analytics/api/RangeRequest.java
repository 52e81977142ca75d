package io.tidings.analytics.api;

import io.tidings.analytics.domain.Range;
import io.tidings.analytics.domain.Width;
import io.tidings.bus.web.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** From when to when, as callers write it. */
record RangeRequest(@Nullable String from, @Nullable String to) {

    private static final int USUAL_POINTS = 60;
    private static final int MOST_POINTS = 1_500;
    private static final Duration LONGEST_SUMMARY = Duration.ofDays(31);
    private static final int LATEST_YEAR = 9000;

    /** All time if neither is given. */
    Range forSummary() {
        if (isAbsent(from) && isAbsent(to)) {
            return Range.EVER;
        }
        Instant end = isAbsent(to) ? Instant.now() : instant("to", to);
        Instant start = isAbsent(from) ? end.minus(LONGEST_SUMMARY) : instant("from", from);
        requireOrder(start, end);
        if (Duration.between(start, end).compareTo(LONGEST_SUMMARY) > 0) {
            throw Problem.badRequest("from", "must be at most 31 days before to");
        }
        return new Range(Width.MINUTE, start, end);
    }

    /** Up to now, and some buckets back, if nothing else is said. */
    Range forSeries(Width width) {
        Instant end = isAbsent(to) ? Instant.now() : instant("to", to);
        Instant start = isAbsent(from) ? width.after(width.startOf(end), 1 - USUAL_POINTS) : instant("from", from);
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

    private static boolean isAbsent(@Nullable String given) {
        return given == null || given.isEmpty();
    }

    private static Instant instant(String parameter, @Nullable String given) {
        try {
            Instant instant = Instant.parse(given == null ? "" : given);
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 1970 && year <= LATEST_YEAR) {
                return instant;
            }
        } catch (DateTimeException unreadable) {
            // told below
        }
        throw Problem.badRequest(parameter, "must be an instant in UTC, such as 2026-01-31T12:00:00Z");
    }
}
