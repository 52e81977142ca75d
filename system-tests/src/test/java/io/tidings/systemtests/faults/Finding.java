package io.tidings.systemtests.faults;

/** Damage that was found. */
record Finding(Damage damage, long count, String what) {

    enum Damage {
        LOST,
        TWICE,
        OUT_OF_ORDER,
        UNFINISHED
    }
}
