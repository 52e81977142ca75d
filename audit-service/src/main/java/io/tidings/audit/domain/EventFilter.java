package io.tidings.audit.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are wanted; what is null does not matter.
 *
 * @param type a whole type, such as {@code io.tidings.OrderPlaced.v2}, or a name in whatever version, such as {@code
 *     OrderPlaced}
 * @param from published then or later
 * @param to published earlier
 */
public record EventFilter(
        @Nullable String type,
        @Nullable String key,
        @Nullable String correlationId,
        @Nullable Instant from,
        @Nullable Instant to) {

    public boolean matches(AuditEvent event) {
        return matchesType(event)
                && (key == null || key.equals(event.key()))
                && (correlationId == null || correlationId.equals(event.correlationId()))
                && (from == null || !event.occurredAt().isBefore(from))
                && (to == null || event.occurredAt().isBefore(to));
    }

    private boolean matchesType(AuditEvent event) {
        return type == null || type.equals(isName() ? event.name() : event.type());
    }

    /** Whether the type is given without namespace and version. */
    boolean isName() {
        return type != null && AuditEvent.nameOf(type).equals(type);
    }
}
