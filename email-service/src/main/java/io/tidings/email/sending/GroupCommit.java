package io.tidings.email.sending;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets those who come at the same time share a transaction: while one is under way others queue up, and whose turn is next
 * commits for all of them (<a href="https://www.postgresql.org/docs/current/wal-configuration.html">group commit</a>).
 * Nobody waits for company.
 *
 * @param <T> what each brings
 */
final class GroupCommit<T> {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private final Consumer<List<T>> transaction;
    private final Queue<Share<T>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    /** @param transaction does all that it is given, or throws and does nothing */
    GroupCommit(Consumer<List<T>> transaction) {
        this.transaction = transaction;
    }

    /**
     * Returns when it is committed, and only then. If a shared transaction fails, each of those who shared it tries alone,
     * side by side; throws what that throws.
     */
    void commit(T item) {
        Share<T> own = new Share<>(item);
        queue.add(own);
        turn.lock();
        try {
            if (!own.taken) {
                commitTogether(everyoneInQueue());
            }
        } finally {
            turn.unlock();
        }
        if (!own.committed) {
            transaction.accept(List.of(item));
        }
    }

    private List<Share<T>> everyoneInQueue() {
        List<Share<T>> shares = new ArrayList<>();
        for (Share<T> share = queue.poll(); share != null; share = queue.poll()) {
            share.taken = true;
            shares.add(share);
        }
        return shares;
    }

    private void commitTogether(List<Share<T>> shares) {
        try {
            transaction.accept(shares.stream().map(share -> share.item).toList());
            shares.forEach(share -> share.committed = true);
        } catch (RuntimeException failure) {
            if (shares.size() == 1) {
                throw failure;
            }
            log.info(
                    "{} that shared a transaction are tried alone, because it failed: {}",
                    shares.size(),
                    failure.toString());
        }
    }

    /** What one brings, and what came of it; whoever looks has the turn, or had it. */
    private static final class Share<T> {

        private final T item;
        private boolean taken;
        private boolean committed;

        Share(T item) {
            this.item = item;
        }
    }
}
