package io.tidings.bus.publishing;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets the messages of a transaction depart when it is about to commit: after all of its synchronizations, which may still
 * publish, such as listeners of the phase {@code BEFORE_COMMIT}. It must listen to every transaction manager in whose
 * transactions anything is published.
 */
public final class DepartureAtCommit implements TransactionExecutionListener {

    /** Lies in each transaction that is listened to. */
    private static final class Mark implements TransactionSynchronization {
        private boolean departed;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure == null && TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new Mark());
        }
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (!transaction.isNewTransaction()) {
            return; // the end of a savepoint, which is no commit
        }
        // Whoever publishes while these depart is among those that are here already, or too late.
        List<TransactionSynchronization> all = synchronizations();
        for (TransactionSynchronization synchronization : all) {
            if (synchronization instanceof TransactionMessages messages) {
                messages.depart();
            }
        }
        mark().ifPresent(mark -> mark.departed = true);
    }

    /**
     * Whether the messages of the current transaction have departed, to be asked also when it has ended. Until then a failure
     * rolls it back; one that comes later may be that of a commit that was done.
     *
     * @throws IllegalStateException if there is no transaction, or none that is listened to
     */
    public static BooleanSupplier ofCurrentTransaction() {
        Mark mark = requireMark();
        return () -> mark.departed;
    }

    /** @throws IllegalStateException if no message can leave with the current transaction, with what to do instead */
    static void requireToCome() {
        if (requireMark().departed) {
            throw new IllegalStateException(tooLate());
        }
    }

    private static Mark requireMark() {
        return mark().orElseThrow(() -> new IllegalStateException(
                TransactionSynchronizationManager.isSynchronizationActive()
                        ? "Nobody hears when this transaction commits, so nothing can be published in it: make its"
                                + " transaction manager a bean of the application."
                        : tooLate()));
    }

    private static String tooLate() {
        return "This transaction has committed, so nothing can be published in it any more: publish before, such as in a"
                + " @TransactionalEventListener of the phase BEFORE_COMMIT, or in a transaction of its own.";
    }

    private static Optional<Mark> mark() {
        return synchronizations().stream()
                .filter(Mark.class::isInstance)
                .map(Mark.class::cast)
                .findFirst();
    }

    private static List<TransactionSynchronization> synchronizations() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                ? TransactionSynchronizationManager.getSynchronizations()
                : List.of();
    }
}
