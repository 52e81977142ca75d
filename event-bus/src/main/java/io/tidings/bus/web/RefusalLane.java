package io.tidings.bus.web;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The threads on which a web server answers requests, and a few beside them for those that come when all {@linkplain
 * AdmissionPlaces places} are taken.
 *
 * <p>Virtual threads run in the order in which they became ready, on as many threads of the platform as there are cores.
 * While there is too much to do, a refusal would wait there behind the work of everyone who was let in. On a thread that is
 * kept for it, it waits for nobody (<a
 * href="https://learn.microsoft.com/azure/architecture/patterns/bulkhead">bulkhead</a>).
 *
 * <p>Nothing of a request is read before it has a thread. So each takes a place as it comes, if there is one, and gives it
 * back as soon as it turns out that it needs none; and those that need none are answered on the threads for refusals, too.
 */
public final class RefusalLane implements Executor {

    /** If so many are in use, whoever comes waits as those do who are let in. */
    private static final int THREADS = 32;

    /** They end by themselves, so that nobody has to close this. */
    private static final int IDLE_SECONDS = 60;

    private static final ScopedValue<Arrival> ARRIVAL = ScopedValue.newInstance();

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

    /**
     * What the current request has taken as it came: a place, or nothing since there was none. What comes by no lane, or on a
     * connection right behind a request that did, has yet to take one.
     */
    static Optional<AdmissionPlaces.Place> placeOr(Supplier<Optional<AdmissionPlaces.Place>> taking) {
        return ARRIVAL.isBound() && ARRIVAL.get().isFirst() ? ARRIVAL.get().place : taking.get();
    }

    @Override
    public void execute(Runnable request) {
        Arrival arrival = new Arrival(places.take());
        Runnable arrived = () -> arrival.run(request);
        if (arrival.place.isPresent() || !isStarted(arrived)) {
            try {
                others.execute(arrived);
            } catch (RejectedExecutionException closed) {
                arrival.end();
                throw closed;
            }
        }
    }

    private boolean isStarted(Runnable request) {
        try {
            own.execute(request);
            return true;
        } catch (RejectedExecutionException allInUse) {
            return false;
        }
    }

    private static final class Arrival {

        private final Optional<AdmissionPlaces.Place> place;
        private final AtomicBoolean first = new AtomicBoolean(true);

        private Arrival(Optional<AdmissionPlaces.Place> place) {
            this.place = place;
        }

        boolean isFirst() {
            return first.getAndSet(false);
        }

        void run(Runnable request) {
            try {
                ScopedValue.where(ARRIVAL, this).run(request);
            } finally {
                end();
            }
        }

        void end() {
            place.ifPresent(AdmissionPlaces.Place::unused);
        }
    }
}
