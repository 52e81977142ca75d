package io.tidings.bus;

/**
 * A bean whose tables are made of messages alone, so that they can be thrown away and made again. A service that has one
 * listens to replays: its handlers get the messages of the past again, and live ones wait until they have.
 */
public interface Projection {

    /** Empties the tables, in the current transaction. */
    void wipe();
}
