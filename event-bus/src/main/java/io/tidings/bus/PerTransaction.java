package io.tidings.bus;

import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What each transaction has one of, and others don't see: a batch's handlers keep in it what is of use to those that come
 * after them in the batch. What is a {@link TransactionSynchronization} is told how the transaction ends: a <a
 * href="https://martinfowler.com/eaaCatalog/unitOfWork.html">unit of work</a>, which writes just before the commit what the
 * whole batch comes to.
 */
public final class PerTransaction<T> {

    private final Supplier<T> first;

    /** @param first makes what a transaction begins with, when it first asks */
    public PerTransaction(Supplier<T> first) {
        this.first = first;
    }

    /**
     * What the current transaction has. A unit of work must be asked for before its transaction begins to commit: one that
     * a listener of the phase {@code BEFORE_COMMIT} is the first to ask for is never told.
     *
     * @throws IllegalStateException if there is no transaction, or the unit of work has been told that it commits, and would
     *     write nothing more
     */
    public T get() {
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof Holder<?> holder && holder.owner == this) {
                holder.requireToBeOpen();
                return valueOf(holder);
            }
        }
        Holder<T> holder = new Holder<>(this, first.get());
        if (holder.value instanceof TransactionSynchronization unitOfWork) {
            TransactionSynchronizationManager.registerSynchronization(unitOfWork);
        }
        TransactionSynchronizationManager.registerSynchronization(holder);
        return holder.value;
    }

    @SuppressWarnings("unchecked") // its owner, which is this, has made it
    private T valueOf(Holder<?> holder) {
        return ((Holder<T>) holder).value;
    }

    /** Ends with the transaction, and waits with it while another has taken its place. */
    private static final class Holder<T> implements TransactionSynchronization {

        private final PerTransaction<T> owner;
        private final T value;
        private boolean isWritten;

        private Holder(PerTransaction<T> owner, T value) {
            this.owner = owner;
            this.value = value;
        }

        /** Comes after the unit of work itself. */
        @Override
        public void beforeCommit(boolean readOnly) {
            isWritten = value instanceof TransactionSynchronization;
        }

        private void requireToBeOpen() {
            if (isWritten) {
                throw new IllegalStateException(
                        "What this transaction comes to is written already, so nothing can be added to it: do that before it commits, or in a transaction of its own.");
            }
        }
    }
}
