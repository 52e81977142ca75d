package io.tidings.audit.domain.entity;

import java.util.List;

/**
 * What is known of something so far. It changes in place, so that a message costs the same however many there were.
 *
 * @param <F> what can happen to it
 */
interface Knowledge<F> {

    /** Lets it happen; returns what that changed. */
    List<Change> take(F fact);

    /** What is true now, and stays as it is whatever happens later. */
    EntityState state();
}
