package io.tidings.bus.replay;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shut while a service is being rebuilt. It is a row in the service's database, so it is shut for all instances, and stays
 * so if they die: whoever shuts it waits for the batches under way, and whoever comes later finds it shut.
 */
public final class ReplayGate {

    private static final Duration A_MOMENT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    public ReplayGate(JdbcTemplate jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Transactions of live messages: they begin with a look at the gate, and wait as for infrastructure while it is shut. If
     * that is only for a moment, nobody need hear of it.
     */
    public TransactionOperations whileOpen() {
        return new TransactionOperations() {
            @Override
            public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
                try {
                    return executeIfOpen(action);
                } catch (ShutException shut) {
                    awaitOpening();
                    return executeIfOpen(action);
                }
            }
        };
    }

    private <T extends @Nullable Object> T executeIfOpen(TransactionCallback<T> action) {
        return transactions.execute(transaction -> {
            if (!isOpen()) {
                throw new ShutException();
            }
            return action.doInTransaction(transaction);
        });
    }

    private void awaitOpening() {
        long start = System.nanoTime();
        while (isShut()
                && System.nanoTime() - start < A_MOMENT.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static final class ShutException extends CannotCreateTransactionException {

        ShutException() {
            super("This service is being rebuilt by a replay, and live messages wait until that is done.");
        }
    }

    /**
     * Whether it is open; if so, it stays that until the current transaction ends. For whoever draws conclusions from a
     * projection, which is not up to date while it is shut.
     */
    public boolean isOpen() {
        return jdbc.queryForObject("select replay_id from replay_gate for share", UUID.class) == null;
    }

    /** Shuts it in the current transaction; false if this replay has shut it already, or is over. */
    boolean shut(UUID replay) {
        return jdbc.update("""
                update replay_gate set replay_id = ?
                where replay_id is distinct from ? and last_ended is distinct from ?
                """, replay, replay, replay) == 1;
    }

    private boolean isShut() {
        return jdbc.queryForObject("select replay_id from replay_gate", UUID.class) != null;
    }

    boolean isShutBy(UUID replay) {
        return !jdbc.queryForList("select 1 from replay_gate where replay_id = ?", Integer.class, replay)
                .isEmpty();
    }

    void open(UUID replay) {
        jdbc.update("update replay_gate set replay_id = null, last_ended = ? where replay_id = ?", replay, replay);
    }

    /** Transactions that do not look at the gate. */
    public TransactionTemplate transactions() {
        return transactions;
    }
}
