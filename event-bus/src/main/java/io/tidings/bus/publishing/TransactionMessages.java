package io.tidings.bus.publishing;

import io.tidings.bus.message.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;

/** All that one transaction publishes by one bus. */
final class TransactionMessages implements TransactionSynchronization {

    private final Transport transport;
    private final PersistenceContext persistenceContext;
    private final List<Envelope> messages = new ArrayList<>();
    private final Map<Object, Integer> sizesAtSavepoints = new HashMap<>();
    private Transport.@Nullable Departure departure;

    TransactionMessages(Transport transport, PersistenceContext persistenceContext) {
        this.transport = transport;
        this.persistenceContext = persistenceContext;
    }

    boolean leaveBy(Transport way) {
        return transport == way;
    }

    void add(Envelope message) {
        messages.add(message);
    }

    @Override
    public void savepoint(Object savepoint) {
        sizesAtSavepoints.put(savepoint, messages.size());
    }

    /** What was published since then never happened; at a savepoint of before our time there was nothing. */
    @Override
    public void savepointRollback(Object savepoint) {
        int kept = sizesAtSavepoints.getOrDefault(savepoint, 0);
        messages.subList(Math.min(kept, messages.size()), messages.size()).clear();
    }

    /** Gives them to the transport. Called once, when nothing but the commit is left to do. */
    void depart() {
        // The changes first: their row locks and version checks are what puts the messages of a key in order.
        persistenceContext.flush();
        if (!messages.isEmpty()) {
            departure = transport.prepare(List.copyOf(messages));
        }
    }

    @Override
    public void afterCompletion(int status) {
        if (departure == null) {
            return; // it failed before it was asked to commit, or took back what it had published
        }
        if (status == STATUS_COMMITTED) {
            departure.committed();
        } else {
            departure.rolledBack();
        }
    }
}
