package io.tidings.audit.domain.flow;

import io.tidings.audit.domain.AuditEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of messages adds to an undertaking.
 *
 * @param correlationId the flow of the earliest message that began something; null if none did
 */
record UndertakingChange(
        String key,
        @Nullable String correlationId,
        @Nullable Instant begunAt,
        @Nullable Instant endedAt,
        @Nullable String outcome,
        Instant heardAt,
        int marks) {

    static UndertakingChange of(AuditEvent event, int marks) {
        boolean begins = Obligation.beginAnything(marks);
        return new UndertakingChange(
                event.key(),
                begins ? event.correlationId() : null,
                begins ? event.occurredAt() : null,
                begins ? null : event.occurredAt(),
                Obligation.endTheOrder(marks) ? event.name() : null,
                event.recordedAt(),
                marks);
    }

    UndertakingChange and(UndertakingChange other) {
        boolean otherBeganIt = begunAt == null || other.begunAt != null && other.begunAt.isBefore(begunAt);
        return new UndertakingChange(
                key,
                otherBeganIt ? other.correlationId : correlationId,
                otherBeganIt ? other.begunAt : begunAt,
                endedAt == null || other.endedAt != null && other.endedAt.isAfter(endedAt) ? other.endedAt : endedAt,
                outcome == null ? other.outcome : outcome,
                heardAt.isBefore(other.heardAt) ? heardAt : other.heardAt,
                marks | other.marks);
    }
}
