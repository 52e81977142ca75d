package io.tidings.audit.domain.flow;

import io.tidings.audit.domain.AuditEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** What a batch of messages adds to a flow. */
record FlowChange(
        String correlationId,
        UUID firstEventId,
        Instant startedAt,
        Instant lastAt,
        String lastName,
        long messages,
        long deadLetters) {

    /** As PostgreSQL sorts ids, and not as Java does. */
    private static final Comparator<UUID> BY_BYTES = Comparator.comparing(UUID::toString);

    static FlowChange of(AuditEvent event) {
        return new FlowChange(
                event.correlationId(),
                event.eventId(),
                event.occurredAt(),
                event.occurredAt(),
                event.name(),
                1,
                FlowMessage.isDeadLetterTopic(event.topic()) ? 1 : 0);
    }

    FlowChange and(FlowChange other) {
        boolean otherIsLater = !other.lastAt.isBefore(lastAt);
        return new FlowChange(
                correlationId,
                BY_BYTES.compare(firstEventId, other.firstEventId) <= 0 ? firstEventId : other.firstEventId,
                startedAt.isBefore(other.startedAt) ? startedAt : other.startedAt,
                otherIsLater ? other.lastAt : lastAt,
                otherIsLater ? other.lastName : lastName,
                messages + other.messages,
                deadLetters + other.deadLetters);
    }
}
