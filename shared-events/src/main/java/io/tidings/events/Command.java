package io.tidings.events;

/** A request to do something. Exactly one service owns it, and answers with an {@link Event}. */
public non-sealed interface Command extends Message {}
