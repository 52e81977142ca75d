package io.tidings.audit.domain;

import io.tidings.bus.message.TypeName;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message, as it was told.
 *
 * @param type its CloudEvents type, such as {@code io.tidings.OrderPlaced.v2}; empty if it has none
 * @param causationId the id of the message that caused it; null if a request did
 * @param traceparent its place in a trace; null if there is none
 * @param occurredAt when it was published, as it says itself
 * @param annotations what else is written on it, such as the reason of a dead letter
 * @param payload what it says: JSON, if all is well; what only the key of an erased person could open, if it is about one
 */
public record AuditEvent(
        UUID eventId,
        String topic,
        String key,
        String type,
        String source,
        String correlationId,
        @Nullable String causationId,
        @Nullable String traceparent,
        Instant occurredAt,
        Instant recordedAt,
        Map<String, String> annotations,
        byte[] payload) {

    public AuditEvent {
        annotations = Map.copyOf(annotations);
    }

    /** Whether nobody can read any more what it said, since the person whom it was about was erased. */
    public boolean isErased() {
        return Seal.isOn(payload);
    }

    AuditEvent with(Map<String, String> otherAnnotations, byte[] otherPayload) {
        return new AuditEvent(
                eventId,
                topic,
                key,
                type,
                source,
                correlationId,
                causationId,
                traceparent,
                occurredAt,
                recordedAt,
                otherAnnotations,
                otherPayload);
    }

    /** The type without namespace and version, such as {@code OrderPlaced}. */
    public String name() {
        return nameOf(type);
    }

    /** A type without namespace and version; the whole type if it has none. */
    public static String nameOf(String type) {
        return TypeName.parse(type).map(TypeName::name).orElse(type);
    }
}
