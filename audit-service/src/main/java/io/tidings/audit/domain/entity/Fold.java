package io.tidings.audit.domain.entity;

import io.tidings.events.Message;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How messages make a state: what each of them says of the entity, and what follows from that.
 *
 * @param <S> the state
 * @param <F> what can happen to it
 */
record Fold<S extends EntityState, F>(
        S beginning, Function<Message, Optional<F>> reading, BiFunction<S, F, S> deciding) {

    static Fold<?, ?> of(EntityType type) {
        return switch (type) {
            case ORDER -> new Fold<>(OrderState.UNKNOWN, OrderFact::of, OrderState::after);
            case USER -> new Fold<>(UserState.UNKNOWN, UserFact::of, UserState::after);
            case PRODUCT -> new Fold<>(ProductState.UNKNOWN, ProductFact::of, ProductState::after);
            case ACCOUNT -> new Fold<>(AccountState.UNKNOWN, AccountFact::of, AccountState::after);
        };
    }

    /** The state after a message; nothing if the message says nothing of the entity. */
    Optional<S> after(S state, Message message) {
        return reading.apply(message).map(fact -> deciding.apply(state, fact));
    }
}
