package io.tidings.bus.publishing;

import io.tidings.bus.EventBus;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.events.Command;
import io.tidings.events.Event;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds what a transaction publishes until just before it commits, when it {@linkplain DepartureAtCommit departs} all at
 * once.
 */
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

    private TransactionMessages ofCurrentTransaction() {
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException(
                    "This transaction is read-only, so nothing can be published in it: remove readOnly = true.");
        }
        DepartureAtCommit.requireToCome();
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof TransactionMessages messages && messages.leaveBy(transport)) {
                return messages;
            }
        }
        TransactionMessages messages = new TransactionMessages(transport, persistenceContext);
        TransactionSynchronizationManager.registerSynchronization(messages);
        return messages;
    }
}
