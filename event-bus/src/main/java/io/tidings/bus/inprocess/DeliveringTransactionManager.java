package io.tidings.bus.inprocess;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Delivers what a transaction published right after its commit, in the same thread, but only when its connection, and that
 * of any transaction around it, is back in the pool: otherwise as many publishers as there are connections would wait for
 * each other for ever.
 */
final class DeliveringTransactionManager implements PlatformTransactionManager {

    private final PlatformTransactionManager transactions;
    private final InProcessExchange exchange;

    DeliveringTransactionManager(PlatformTransactionManager transactions, InProcessExchange exchange) {
        this.transactions = transactions;
        this.exchange = exchange;
    }

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
        return transactions.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
        try {
            transactions.commit(status);
        } finally {
            deliverIfAllIsOver();
        }
    }

    /** Delivers too, since others may have queued behind this transaction's place. */
    @Override
    public void rollback(TransactionStatus status) {
        try {
            transactions.rollback(status);
        } finally {
            deliverIfAllIsOver();
        }
    }

    /** An inner transaction's end is not it: a handler would join the outer one, and share its fate. */
    private void deliverIfAllIsOver() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            exchange.deliver();
        }
    }
}
