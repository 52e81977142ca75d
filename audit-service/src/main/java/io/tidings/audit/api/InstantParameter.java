package io.tidings.audit.api;

import io.tidings.bus.web.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An instant that callers ask for. */
final class InstantParameter {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

    private InstantParameter() {}

    /**
     * The database knows fewer years than Java does.
     *
     * @throws org.springframework.web.ErrorResponseException if it is of another year than those of four digits
     */
    static void requireUsable(String parameter, @Nullable Instant instant) {
        if (instant != null && (instant.isBefore(EARLIEST) || !instant.isBefore(TOO_LATE))) {
            throw Problem.badRequest(parameter, "must be an instant in UTC, such as 2026-01-31T12:00:00Z");
        }
    }
}
