package io.tidings.bus.sharing;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Transactions that requests share if they come at the same time: while some are under way, or several have just begun
 * together, those who come next wait, and then go together. What they share costs hardly more than one of them alone. Who
 * comes by itself waits for nobody. This is <a href="https://www.postgresql.org/docs/18/wal-configuration.html">group commit</a>, of whole transactions
 * and not only of their way to the disk.
 *
 * <p>Nobody fails for another's failure: if anything fails before the commit, nothing of the shared transaction was done, and
 * each request is done again in a transaction of its own. So it may be done twice, the first time for nothing, and must do
 * nothing that can't be rolled back. If the commit itself fails, it may have been done nevertheless: then nothing is done
 * again, and everyone is told of that failure. So is everyone who waits while there is no connection.
 *
 * <p>Requests of one transaction are done one after the other, each in its own flow, by the thread of one of them. They see
 * what those before them have changed. They should lock no rows that others lock in another order: a deadlock harms nobody,
 * but takes time.
 */
public final class SharedTransactions {

    private final TransactionOperations transactions;
    private final int concurrency;
    private final int maximumBatch;
    private final Duration rest;
    private final IntConsumer shared;

    /**
     * @param transactions in which all is done
     * @param concurrency transactions of a kind of requests at the same time, at most
     * @param maximumBatch requests that share one, at most; with 1 nobody shares, nor waits
     * @param rest behind the beginning of one that several share, while more gather; behind one that has a single request
     *     nobody rests
     * @param shared is told how many share a transaction, when it begins
     */
    public SharedTransactions(
            TransactionOperations transactions, int concurrency, int maximumBatch, Duration rest, IntConsumer shared) {
        this.transactions = transactions;
        this.concurrency = concurrency;
        this.maximumBatch = maximumBatch;
        this.rest = rest;
        this.shared = shared;
    }

    /**
     * Lets requests of a kind share transactions. They share none with those of another kind.
     *
     * @param before does once for all requests of a transaction what they have in common, such as to look up what they need
     * @param each does one request, with what was found before
     * @return does a request, and answers when its transaction is committed; in the current one if there is one. Throws what
     *     the request, or its commit, throws
     */
    public <Q, C, A> Function<Q, A> of(Function<List<Q>, C> before, BiFunction<Q, C, A> each) {
        return new Requests<>(new Kind<>(before, each, transactions), concurrency, maximumBatch, rest, shared);
    }
}
