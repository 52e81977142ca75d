package io.tidings.audit.domain.entity;

import io.tidings.events.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How messages make a state: what each of them says of the entity, and what follows from that.
 *
 * @param beginning nothing is known
 * @param <F> what can happen to it
 */
record Fold<F>(Supplier<Knowledge<F>> beginning, Function<Message, Optional<F>> reading) {

    static Fold<?> of(EntityType type) {
        return switch (type) {
            case ORDER -> small(OrderState.UNKNOWN, OrderFact::of, OrderState::after);
            case USER -> small(UserState.UNKNOWN, UserFact::of, UserState::after);
            case PRODUCT -> small(ProductState.UNKNOWN, ProductFact::of, ProductState::after);
            case ACCOUNT -> new Fold<>(AccountKnowledge::new, AccountFact::of);
        };
    }

    private static <S extends EntityState, F> Fold<F> small(
            S beginning, Function<Message, Optional<F>> reading, BiFunction<S, F, S> deciding) {
        return new Fold<>(() -> new SmallKnowledge<>(beginning, deciding), reading);
    }

    /** What is true when all that has happened. */
    EntityState after(List<F> facts) {
        Knowledge<F> knowledge = beginning.get();
        facts.forEach(knowledge::take);
        return knowledge.state();
    }
}
