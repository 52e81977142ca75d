package io.tidings.email.sending;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who come at the same time share a transaction: while one is under way others queue up, and whose turn is next
 * commits for all of them (<a href="https://www.postgresql.org/docs/current/wal-configuration.html">group commit</a>).
 * Nobody waits for company.
 *
 * @param <T> what each brings
 */
final class GroupCommit<T> {

    private final Consumer<List<T>> transaction;
    private final Queue<Share<T>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    /** @param transaction does all that it is given, or throws and does nothing */
    GroupCommit(Consumer<List<T>> transaction) {
        this.transaction = transaction;
    }

    /** Returns when it is committed. Throws what its own transaction throws: one that fails in company is tried alone. */
    void commit(T item) {
        Share<T> own = new Share<>(item);
        queue.add(own);
        turn.lock();
        try {
            if (!own.done) {
                commitAll(everyoneInQueue());
            }
        } finally {
            turn.unlock();
        }
        if (own.failure != null) {
            throw own.failure;
        }
    }

    private List<Share<T>> everyoneInQueue() {
        List<Share<T>> shares = new ArrayList<>();
        for (Share<T> share = queue.poll(); share != null; share = queue.poll()) {
            shares.add(share);
        }
        return shares;
    }

    private void commitAll(List<Share<T>> shares) {
        try {
            transaction.accept(shares.stream().map(Share::item).toList());
            shares.forEach(share -> share.end(null));
        } catch (RuntimeException failure) {
            if (shares.size() == 1) {
                shares.getFirst().end(failure);
            } else {
                shares.forEach(share -> commitAll(List.of(share)));
            }
        }
    }

    /** What one brings, and how it ended; whoever looks has the turn, or had it. */
    private static final class Share<T> {

        private final T item;
        private boolean done;
        private @Nullable RuntimeException failure;

        Share(T item) {
            this.item = item;
        }

        T item() {
            return item;
        }

        void end(@Nullable RuntimeException failure) {
            this.done = true;
            this.failure = failure;
        }
    }
}
