package io.tidings.events;

/** Who knows what comes next while an order is fulfilled. */
public enum Fulfilment {
    /** Each service knows what it does when something happened elsewhere; nobody knows the whole. */
    CHOREOGRAPHY,
    /** One orchestrator knows the whole, sends commands and waits for the answers. */
    ORCHESTRATION
}
