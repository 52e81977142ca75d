package io.tidings.bus.inprocess;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * Delivers what a transaction published right after its commit, in the same thread, but only when its connection is back
 * in the pool: otherwise as many publishers as there are connections would wait for each other for ever.
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
        boolean outermost = status.isNewTransaction();
        try {
            transactions.commit(status);
        } finally {
            if (outermost) {
                exchange.deliver();
            }
        }
    }

    @Override
    public void rollback(TransactionStatus status) {
        try {
            transactions.rollback(status);
        } finally {
            // Others may have queued behind this transaction's place.
            exchange.deliver();
        }
    }
}
