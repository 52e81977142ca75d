package io.tidings.systemtests.faults;

/** What can go wrong. */
enum FaultKind {
    KILL_SERVICE(6),
    PAUSE_SERVICE(3),
    SCALE_UP(2),
    SCALE_DOWN(2),
    KILL_BROKER(1),
    PAUSE_BROKER(1),
    KILL_DATABASE(1),
    PAUSE_DATABASE(1),
    CUT_BROKER(2),
    CUT_BROKER_WITHIN_A_MESSAGE(2),
    SLOW_BROKER(1),
    CUT_DATABASE(2),
    CUT_DATABASE_WITHIN_A_MESSAGE(2),
    SLOW_DATABASE(1),
    /** A service hears everything again that it ever heard: its offsets are forgotten. */
    REWIND_SERVICE(1),
    UNREADABLE_MESSAGE(3),
    FAILING_HANDLER(2);

    private final int weight;

    /** @param weight how often it happens, compared with the others */
    FaultKind(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
