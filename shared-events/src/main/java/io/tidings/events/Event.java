package io.tidings.events;

/** Something that happened and can't be undone by refusing it. Any number of services may listen, or none. */
public non-sealed interface Event extends Message {}
