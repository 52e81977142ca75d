package io.tidings.scenarios;

import java.util.Optional;

/**
 * A flow through the system that shows a pattern at work and checks what it promises. It can be played again and again on
 * the same system: users, products and orders are its own.
 */
public interface Scenario {

    /** How it is asked for, such as {@code out-of-stock}. */
    String name();

    /** What happens, in a sentence. */
    String title();

    /** What it shows. */
    String pattern();

    /** Why it makes no sense on a bus that is in-process; empty if it does. */
    default Optional<String> needsKafka() {
        return Optional.empty();
    }

    /** Plays it. What goes wrong beyond a failed check is thrown. */
    void play(Stage stage);
}
