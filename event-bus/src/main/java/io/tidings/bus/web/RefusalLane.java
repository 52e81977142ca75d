package io.tidings.bus.web;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which a web server answers requests, and a few beside them for those that come when all {@linkplain
 * AdmissionPlaces places} are gone.
 *
 * <p>Virtual threads run in the order in which they became ready, on as many threads of the platform as there are cores.
 * While there is too much to do, a refusal would wait there behind the work of everyone who was let in. On a thread that is
 * kept for it, it waits for nobody (<a
 * href="https://learn.microsoft.com/azure/architecture/patterns/bulkhead">bulkhead</a>). Nothing of a request is read
 * before it has a thread, so those that need no place are answered here, too.
 */
public final class RefusalLane implements Executor {

    /** If so many are in use, whoever comes waits as those do who are let in. */
    private static final int THREADS = 8;

    /** They end by themselves, so that nobody has to close this. */
    private static final int IDLE_SECONDS = 60;

    private final Executor others;
    private final AdmissionPlaces places;
    private final ThreadPoolExecutor own;

    /** @param others the threads for those who come while there are places */
    public RefusalLane(Executor others, AdmissionPlaces places) {
        this.others = others;
        this.places = places;
        this.own = new ThreadPoolExecutor(
                0,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("refusal-", 1).factory());
    }

    @Override
    public void execute(Runnable request) {
        if (!places.areGone() || !isStarted(request)) {
            queue(places.expect(request));
        }
    }

    private boolean isStarted(Runnable request) {
        try {
            own.execute(places.overtaking(request));
            return true;
        } catch (RejectedExecutionException allInUse) {
            return false;
        }
    }

    private void queue(AdmissionPlaces.Expected request) {
        try {
            others.execute(request);
        } catch (RejectedExecutionException closed) {
            request.end();
            throw closed;
        }
    }
}
