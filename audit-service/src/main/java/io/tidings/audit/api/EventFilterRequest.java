package io.tidings.audit.api;

import io.tidings.audit.domain.EventFilter;
import io.tidings.bus.web.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The parameters that choose messages, as callers write them. An empty one is none. */
record EventFilterRequest(
        @Nullable String type,
        @Nullable String key,
        @Nullable String correlationId,
        @Nullable String from,
        @Nullable String to) {

    private static final int LATEST_YEAR = 9999;

    /** @throws org.springframework.web.ErrorResponseException if one breaks a rule */
    EventFilter toFilter() {
        Instant start = instant("from", from);
        Instant end = instant("to", to);
        if (start != null && end != null && !start.isBefore(end)) {
            throw Problem.badRequest("from", "must be before to");
        }
        return new EventFilter(text(type), text(key), text(correlationId), start, end);
    }

    /** As it was recorded. */
    private static @Nullable String text(@Nullable String given) {
        return given == null || given.isEmpty() ? null : given.replace('\0', '\uFFFD');
    }

    private static @Nullable Instant instant(String parameter, @Nullable String given) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        try {
            Instant instant = Instant.parse(given);
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 1 && year <= LATEST_YEAR) {
                return instant;
            }
        } catch (DateTimeException unreadable) {
            // told below
        }
        throw Problem.badRequest(parameter, "must be an instant in UTC, such as 2026-01-31T12:00:00Z");
    }
}
