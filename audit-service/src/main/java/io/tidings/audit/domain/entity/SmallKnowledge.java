package io.tidings.audit.domain.entity;

import java.util.List;
import java.util.function.BiFunction;

/** Of something whose state does not grow with what happens to it, and can be made and compared as a whole each time. */
final class SmallKnowledge<S extends EntityState, F> implements Knowledge<F> {

    private final BiFunction<S, F, S> deciding;
    private S state;

    SmallKnowledge(S beginning, BiFunction<S, F, S> deciding) {
        this.state = beginning;
        this.deciding = deciding;
    }

    @Override
    public List<Change> take(F fact) {
        S before = state;
        state = deciding.apply(before, fact);
        return Change.between(before, state);
    }

    @Override
    public EntityState state() {
        return state;
    }
}
