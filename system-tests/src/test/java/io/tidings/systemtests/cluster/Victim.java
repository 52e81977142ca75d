package io.tidings.systemtests.cluster;

/** A process of the system that faults happen to. */
public interface Victim {

    String name();

    /** Ends it at once, as a crash of the machine would; and starts it again. */
    void killAndRestart();

    /** Stops it in the middle of whatever it does. Those who wait for it don't know. */
    void pause();

    void resume();
}
