package io.tidings.bus.publishing;

import io.tidings.bus.message.Envelope;
import java.util.List;

/** The way on which messages leave a service. */
@FunctionalInterface
public interface Transport {

    /**
     * Takes all that one transaction published, in its order. Called in the transaction, just before it commits and after
     * all that the messages tell of was written. What it throws rolls back.
     */
    Departure prepare(List<Envelope> messages);

    /** Messages that leave when their transaction commits. */
    @FunctionalInterface
    interface Departure {

        void committed();

        default void rolledBack() {}
    }
}
