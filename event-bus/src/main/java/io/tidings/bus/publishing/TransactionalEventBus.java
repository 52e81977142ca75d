package io.tidings.bus.publishing;

import io.tidings.bus.EventBus;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.events.Command;
import io.tidings.events.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Holds what a transaction publishes until just before it commits, and gives it to the transport all at once. */
public final class TransactionalEventBus implements EventBus, DeadLetterSender {

    private final Publications publications;
    private final EnvelopeFactory envelopes;
    private final Transport transport;
    private final TransactionOperations transactions;
    private final PersistenceContext persistenceContext;

    public TransactionalEventBus(
            Publications publications,
            EnvelopeFactory envelopes,
            Transport transport,
            TransactionOperations transactions,
            PersistenceContext persistenceContext) {
        this.publications = publications;
        this.envelopes = envelopes;
        this.transport = transport;
        this.transactions = transactions;
        this.persistenceContext = persistenceContext;
    }

    @Override
    public void publish(Event event) {
        publications.require(event);
        add(envelopes.seal(event));
    }

    @Override
    public void send(Command command) {
        publications.require(command);
        add(envelopes.seal(command));
    }

    @Override
    public void send(DeadLetterNotice notice) {
        add(envelopes.forward(notice.message(), notice.topic(), notice.annotations()));
    }

    /** Sends a message as it is, whoever wrote its envelope. */
    public void pass(Envelope message) {
        add(message);
    }

    private void add(Envelope message) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            ofCurrentTransaction().add(message);
        } else {
            transactions.executeWithoutResult(own -> ofCurrentTransaction().add(message));
        }
    }

    private Publication ofCurrentTransaction() {
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException(
                    "This transaction is read-only, so nothing can be published in it: remove readOnly = true.");
        }
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof Publication publication && publication.belongsTo(this)) {
                return publication;
            }
        }
        Publication publication = new Publication();
        TransactionSynchronizationManager.registerSynchronization(publication);
        return publication;
    }

    /** All that one transaction publishes. */
    private final class Publication implements TransactionSynchronization {

        private final List<Envelope> messages = new ArrayList<>();
        private Transport.@Nullable Departure departure;

        void add(Envelope message) {
            messages.add(message);
        }

        boolean belongsTo(TransactionalEventBus bus) {
            return TransactionalEventBus.this == bus;
        }

        /** After all other synchronizations, which may still publish. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            // The changes first: their row locks and version checks are what puts the messages of a key in order.
            persistenceContext.flush();
            departure = transport.prepare(List.copyOf(messages));
        }

        @Override
        public void afterCompletion(int status) {
            if (departure == null) {
                return; // it failed before it was asked to commit
            }
            if (status == STATUS_COMMITTED) {
                departure.committed();
            } else {
                departure.rolledBack();
            }
        }
    }
}
