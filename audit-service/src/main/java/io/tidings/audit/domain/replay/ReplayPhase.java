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
    DONE,
    CANCELED
}
