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
     * What the current transaction has.
     *
     * @throws IllegalStateException if there is no transaction
     */
    public T get() {
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof Holder<?> holder && holder.owner == this) {
                return valueOf(holder);
            }
        }
        Holder<T> holder = new Holder<>(this, first.get());
        TransactionSynchronizationManager.registerSynchronization(holder);
        if (holder.value instanceof TransactionSynchronization unitOfWork) {
            TransactionSynchronizationManager.registerSynchronization(unitOfWork);
        }
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

        private Holder(PerTransaction<T> owner, T value) {
            this.owner = owner;
            this.value = value;
        }
    }
}
