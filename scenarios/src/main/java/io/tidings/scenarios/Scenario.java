package io.tidings.scenarios;

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

    /** Plays it. What goes wrong beyond a failed check is thrown. */
    void play(Stage stage);
}
