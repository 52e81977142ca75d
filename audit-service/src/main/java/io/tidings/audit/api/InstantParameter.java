package io.tidings.audit.api;

import io.tidings.bus.web.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/** An instant as callers write it. */
final class InstantParameter {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

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
        Instant instant = read(given);
        if (instant == null) {
            throw noInstant(parameter);
        }
        requireUsable(parameter, instant);
        return instant;
    }

    private static @Nullable Instant read(String given) {
        try {
            return Instant.parse(given);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /**
     * The database knows fewer years than Java does.
     *
     * @throws org.springframework.web.ErrorResponseException if it is of another year than those of four digits
     */
    static void requireUsable(String parameter, @Nullable Instant instant) {
        if (instant != null && (instant.isBefore(EARLIEST) || !instant.isBefore(TOO_LATE))) {
            throw noInstant(parameter);
        }
    }

    private static ErrorResponseException noInstant(String parameter) {
        return Problem.badRequest(parameter, "must be an instant in UTC, such as 2026-01-31T12:00:00Z");
    }
}
