package io.tidings.events.schemas;

/** Whom a change of a contract breaks. */
enum Breaks {
    /** Nobody: old and new code read each other's messages. */
    NONE("compatible both ways"),
    /** New code cannot read recorded messages. */
    BACKWARD("new code can't read recorded messages"),
    /** Running old consumers cannot read new messages. */
    FORWARD("consumers that run now can't read new messages"),
    /** Old and new code cannot read each other's messages. */
    BOTH("new code can't read recorded messages, nor consumers that run now new ones");

    private final String meaning;

    Breaks(String meaning) {
        this.meaning = meaning;
    }

    static Breaks of(boolean backward, boolean forward) {
        if (backward) {
            return forward ? BOTH : BACKWARD;
        }
        return forward ? FORWARD : NONE;
    }

    /** In words. */
    String meaning() {
        return meaning;
    }
}
