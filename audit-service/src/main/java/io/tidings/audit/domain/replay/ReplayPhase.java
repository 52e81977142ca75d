package io.tidings.audit.domain.replay;

/** How far a replay has come; see {@code docs/patterns/replay.md}. */
public enum ReplayPhase {
    /** Nothing has been sent. */
    REQUESTED,
    /** What had been recorded when it began is sent. */
    HISTORY,
    /** The target takes what was sent, and we record what it had handled before it began to wait. */
    CATCHING_UP,
    /** What was recorded meanwhile is sent. */
    REST,
    /** All is sent, and the target takes the last of it. */
    ENDING,
    /** No more is sent, and the target throws away what it made. */
    CANCELING,
    DONE,
    /** The target is as it was before. */
    CANCELED;

    /** Whether it may still be broken off. Who is told that all was sent takes it over at that moment. */
    boolean canBeCanceled() {
        return switch (this) {
            case REQUESTED, HISTORY, CATCHING_UP, REST -> true;
            case ENDING, CANCELING, DONE, CANCELED -> false;
        };
    }

    boolean isOver() {
        return this == DONE || this == CANCELED;
    }
}
