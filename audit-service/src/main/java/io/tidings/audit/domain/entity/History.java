package io.tidings.audit.domain.entity;

import io.tidings.audit.domain.AuditEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that happened to something, and what was true after each step.
 *
 * @param steps in the order in which they happened
 */
public record History(List<Step> steps) {

    /**
     * @param position counts from 1
     * @param state after it
     * @param changes what it changed; nothing if it said again what was known
     * @param problem why it can't be read, in a sentence; null if it can
     */
    public record Step(
            int position,
            AuditEvent event,
            EntityState state,
            List<Change> changes,
            @Nullable String problem) {}

    /** @param events in the order in which they happened; those that say nothing of the entity are passed over */
    static <S extends EntityState> History of(Fold<S, ?> fold, List<AuditEvent> events, MessageReader reader) {
        List<Step> steps = new ArrayList<>();
        S state = fold.beginning();
        for (AuditEvent event : events) {
            switch (reader.read(event)) {
                case MessageReader.Readable(var message) -> {
                    Optional<S> after = fold.after(state, message);
                    if (after.isPresent()) {
                        List<Change> changes = Change.between(state, after.get());
                        state = after.get();
                        steps.add(new Step(steps.size() + 1, event, state, changes, null));
                    }
                }
                case MessageReader.Unreadable(var problem) ->
                    steps.add(new Step(steps.size() + 1, event, state, List.of(), problem));
                case MessageReader.Foreign foreign -> {}
            }
        }
        return new History(List.copyOf(steps));
    }

    /** Up to a time, by the publishers' clocks. */
    public History asOf(Instant time) {
        return new History(steps.stream()
                .filter(step -> !step.event().occurredAt().isAfter(time))
                .toList());
    }

    /** Its first steps. */
    public History upTo(int position) {
        return new History(steps.subList(0, Math.min(position, steps.size())));
    }
}
