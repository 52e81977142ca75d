package io.tidings.audit.domain.flow;

import io.tidings.audit.domain.AuditEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message of a flow, without what it says.
 *
 * @param service who published it, such as {@code order-service}
 * @param traceparent as W3C Trace Context writes it; null if there is none
 */
public record FlowMessage(
        UUID eventId,
        String topic,
        String key,
        String type,
        String service,
        @Nullable String causationId,
        @Nullable String traceparent,
        Instant time) {

    public static FlowMessage of(AuditEvent event) {
        return new FlowMessage(
                event.eventId(),
                event.topic(),
                event.key(),
                event.type(),
                serviceOf(event.source()),
                event.causationId(),
                event.traceparent(),
                event.occurredAt());
    }

    /** The type without namespace and version. */
    public String name() {
        return AuditEvent.nameOf(type);
    }

    /** Whether a service could not handle it. */
    public boolean isDeadLetter() {
        return isDeadLetterTopic(topic);
    }

    static boolean isDeadLetterTopic(String topic) {
        return topic.endsWith(".dlt");
    }

    /** What the requests of one caller have in common; empty if it is not told. */
    Optional<String> trace() {
        return Optional.ofNullable(traceparent)
                .map(text -> text.split("-", -1))
                .filter(parts -> parts.length >= 4)
                .map(parts -> parts[1]);
    }

    static String serviceOf(String source) {
        return source.startsWith("/") ? source.substring(1) : source;
    }
}
