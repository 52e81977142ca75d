package io.tidings.audit.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.entity.Change;
import io.tidings.audit.domain.entity.EntityState;
import io.tidings.audit.domain.entity.EntityType;
import io.tidings.audit.domain.entity.History;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something as it was.
 *
 * @param asOf the time that was asked for; null if none was
 * @param position of the last step that counts
 * @param positions how many steps there are by now
 * @param state what was true after that step
 * @param history what each step changed
 * @param more where more of it is told; null if all is here
 */
record EntityResponse(
        String type,
        String id,
        @Nullable Instant asOf,
        int position,
        int positions,
        EntityState state,
        List<StepResponse> history,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String more) {

    static EntityResponse of(EntityType type, String id, @Nullable Instant asOf, History upToThere, History whole) {
        History.Step last = upToThere.steps().getLast();
        return new EntityResponse(
                type.word(),
                id,
                asOf,
                last.position(),
                whole.steps().size(),
                upToThere.state(),
                upToThere.steps().stream().map(StepResponse::of).toList(),
                type == EntityType.ACCOUNT ? walletOf(id, asOf) : null);
    }

    /** Deposits, withdrawals and the balance are told by payment-service alone. */
    private static String walletOf(String userId, @Nullable Instant asOf) {
        return "/accounts/" + userId + (asOf == null ? "" : "?asOf=" + asOf);
    }

    /** @param problem why its message can't be read; null if it can */
    record StepResponse(
            int position,
            UUID eventId,
            String name,
            String type,
            String source,
            String correlationId,
            Instant time,
            List<ChangeResponse> changes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String problem) {

        static StepResponse of(History.Step step) {
            AuditEvent event = step.event();
            return new StepResponse(
                    step.position(),
                    event.eventId(),
                    event.name(),
                    event.type(),
                    event.source(),
                    event.correlationId(),
                    event.occurredAt(),
                    step.changes().stream().map(ChangeResponse::of).toList(),
                    step.problem());
        }
    }

    /** @param from null if it was unknown */
    record ChangeResponse(String field, JsonNode from, JsonNode to) {

        static ChangeResponse of(Change change) {
            return new ChangeResponse(change.field(), change.from(), change.to());
        }
    }
}
