package io.tidings.bus.deadletter;

/** What became of a message that could not be handled. */
public enum DeadLetterState {
    /** It was tried, and its key is parked for it. */
    FAILED,
    /** It was not tried: it waits behind another of its key. */
    WAITING,
    /** Somebody gave it up. It is kept as a record, and parks nothing. */
    DISCARDED;

    public boolean isParked() {
        return this != DISCARDED;
    }
}
