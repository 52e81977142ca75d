package io.tidings.bus.sharing;

import io.tidings.bus.flow.Flow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Requests of a kind, and their turns: whose turn it is does what all who wait have asked for. */
final class Requests<Q, C, A> implements Function<Q, A> {

    private final Kind<Q, C, A> kind;
    private final int maximumBatch;
    private final Duration rest;
    private final IntConsumer shared;
    private final Semaphore turns;
    private final Queue<Share<Q, A>> waiting = new ArrayDeque<>();
    private long restsUntil = System.nanoTime();

    Requests(Kind<Q, C, A> kind, int concurrency, int maximumBatch, Duration rest, IntConsumer shared) {
        this.kind = kind;
        this.maximumBatch = maximumBatch;
        this.rest = rest;
        this.shared = shared;
        this.turns = new Semaphore(concurrency, true);
    }

    @Override
    public A apply(Q request) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return kind.inCurrentTransaction(request);
        }
        return maximumBatch == 1 ? kind.inOneOfItsOwn(request) : withOthers(request);
    }

    private A withOthers(Q request) {
        Share<Q, A> share = new Share<>(request, Flow.current());
        synchronized (waiting) {
            waiting.add(share);
            if (isFull()) {
                waiting.notifyAll();
            }
        }
        turns.acquireUninterruptibly();
        try {
            for (List<Share<Q, A>> next = nextBefore(share); !next.isEmpty(); next = nextBefore(share)) {
                doTogether(next);
            }
        } finally {
            turns.release();
        }
        return share.answer();
    }

    /** Those who have waited longest; nobody if this one was among others who had their turn. */
    private List<Share<Q, A>> nextBefore(Share<Q, A> share) {
        synchronized (waiting) {
            letOthersGather(share);
            if (!waiting.contains(share)) {
                return List.of();
            }
            List<Share<Q, A>> next = next(maximumBatch);
            // Behind one that came by itself most likely nobody follows.
            restsUntil = System.nanoTime() + (next.size() > 1 ? rest.toNanos() : 0);
            return next;
        }
    }

    private void letOthersGather(Share<Q, A> share) {
        try {
            for (long left = restLeft(); left > 0 && waiting.contains(share) && !isFull(); left = restLeft()) {
                TimeUnit.NANOSECONDS.timedWait(waiting, left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt(); // whoever waits for this is not to wait for more
        }
    }

    private long restLeft() {
        return restsUntil - System.nanoTime();
    }

    private boolean isFull() {
        return waiting.size() >= maximumBatch;
    }

    private List<Share<Q, A>> next(int most) {
        synchronized (waiting) {
            List<Share<Q, A>> next = new ArrayList<>();
            while (next.size() < most && !waiting.isEmpty()) {
                next.add(waiting.remove());
            }
            return next;
        }
    }

    private void doTogether(List<Share<Q, A>> shares) {
        shared.accept(shares.size());
        try {
            new SharedTransaction<>(kind, shares).execute();
        } catch (CannotCreateTransactionException away) {
            // Those who have waited meanwhile would wait as long again, and as much in vain.
            Stream.concat(shares.stream(), next(Integer.MAX_VALUE).stream())
                    .forEach(share -> share.end(() -> {
                        throw away;
                    }));
        }
    }
}
