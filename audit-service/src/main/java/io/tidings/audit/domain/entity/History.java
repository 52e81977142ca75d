package io.tidings.audit.domain.entity;

import io.tidings.audit.domain.AuditEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * All that happened to something, and what is true after it. The state after a step is folded when it is asked for: all of
 * them together would be as large as the square of what happened.
 */
public final class History {

    private final List<Step> steps;
    private final IntFunction<EntityState> states;

    /** @param states what is true after the step at a position */
    private History(List<Step> steps, IntFunction<EntityState> states) {
        this.steps = List.copyOf(steps);
        this.states = states;
    }

    /**
     * @param position counts from 1
     * @param changes what it changed; nothing if it said again what was known
     * @param problem why it can't be read, in a sentence; null if it can
     */
    public record Step(
            int position,
            AuditEvent event,
            List<Change> changes,
            @Nullable String problem) {}

    /** @param events in the order in which they happened; those that say nothing of the entity are passed over */
    static <F> History of(Fold<F> fold, List<AuditEvent> events, MessageReader reader) {
        List<Step> steps = new ArrayList<>();
        List<F> facts = new ArrayList<>();
        // How many facts there were at each step: what can't be read is a step without one.
        List<Integer> known = new ArrayList<>();
        Knowledge<F> knowledge = fold.beginning().get();
        for (AuditEvent event : events) {
            switch (reader.read(event)) {
                case MessageReader.Readable(var message) ->
                    fold.reading().apply(message).ifPresent(fact -> {
                        steps.add(new Step(steps.size() + 1, event, knowledge.take(fact), null));
                        facts.add(fact);
                        known.add(facts.size());
                    });
                case MessageReader.Unreadable(var problem) -> {
                    steps.add(new Step(steps.size() + 1, event, List.of(), problem));
                    known.add(facts.size());
                }
                case MessageReader.Foreign foreign -> {}
            }
        }
        return new History(steps, position -> fold.after(facts.subList(0, known.get(position - 1))));
    }

    /** In the order in which they happened. */
    public List<Step> steps() {
        return steps;
    }

    /**
     * What was true after the last of the steps.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    public EntityState state() {
        return states.apply(steps.getLast().position());
    }

    /**
     * Up to the last step of that time or before, by the publishers' clocks. What happened before it counts too, although a
     * clock may say that it was later: a cause is before its effect.
     */
    public History asOf(Instant time) {
        return upTo(steps.stream()
                .filter(step -> !step.event().occurredAt().isAfter(time))
                .mapToInt(Step::position)
                .max()
                .orElse(0));
    }

    /** Its first steps. */
    public History upTo(int position) {
        return new History(steps.subList(0, Math.min(position, steps.size())), states);
    }
}
