package io.tidings.bus.publishing;

/** What the current transaction has changed in memory and not yet written. */
@FunctionalInterface
public interface PersistenceContext {

    /** Writes it; throws what the database says against it. */
    void flush();
}
