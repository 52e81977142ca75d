package io.tidings.audit.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.tidings.audit.domain.EventFilter;
import io.tidings.bus.web.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The parameters that choose messages, as callers write them. An empty one is none. */
record EventFilterRequest(
        @Parameter(description = "such as OrderPlaced, or io.tidings.OrderPlaced.v2") @Nullable
        String type,

        @Nullable String key,
        @Nullable String correlationId,

        @Parameter(description = "what was told then or later") @Nullable
        Instant from,

        @Parameter(description = "what was told earlier") @Nullable
        Instant to) {

    /** @throws org.springframework.web.ErrorResponseException if one breaks a rule */
    EventFilter toFilter() {
        InstantParameter.requireUsable("from", from);
        InstantParameter.requireUsable("to", to);
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.badRequest("from", "must be before to");
        }
        return new EventFilter(text(type), text(key), text(correlationId), from, to);
    }

    /** As it was recorded. */
    private static @Nullable String text(@Nullable String given) {
        return given == null || given.isEmpty() ? null : given.replace('\0', '\uFFFD');
    }
}
