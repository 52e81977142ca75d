package io.tidings.audit.api;

import io.tidings.bus.web.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** An instant as callers write it. */
final class InstantParameter {

    private static final int LATEST_YEAR = 9999;

    private InstantParameter() {}

    /**
     * Null if none is given.
     *
     * @throws org.springframework.web.ErrorResponseException if it is none
     */
    static @Nullable Instant of(String parameter, @Nullable String given) {
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
