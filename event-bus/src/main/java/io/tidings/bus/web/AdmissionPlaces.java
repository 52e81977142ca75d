package io.tidings.bus.web;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Places for requests that are answered at the same time. Each answer that took too long takes a tenth of them away, each
 * other one gives one more if half of them are in use: additive increase, multiplicative decrease, as <a
 * href="https://www.rfc-editor.org/rfc/rfc5681">TCP</a> finds out how much a line bears.
 *
 * <p>A place can be kept for a request that is still on its way to the filter, so that none overtakes it and takes it.
 */
public final class AdmissionPlaces {

    /** So many are let in at the same time before it is known how long their answers take. */
    private static final int AT_FIRST = 20;

    private static final ScopedValue<Expected> EXPECTED = ScopedValue.newInstance();
    private static final ScopedValue<Boolean> OVERTAKING = ScopedValue.newInstance();

    private final SimpleLimiter<Void> limiter;
    private final AtomicInteger kept = new AtomicInteger();

    private AdmissionPlaces(SimpleLimiter<Void> limiter) {
        this.limiter = limiter;
    }

    /**
     * @param least how many there are however long it takes
     * @param most how many there are however fast it goes
     */
    public static AdmissionPlaces between(int least, int most, Duration answerWithin) {
        return between(least, most, answerWithin, System::nanoTime);
    }

    static AdmissionPlaces between(int least, int most, Duration answerWithin, LongSupplier nanoTime) {
        AIMDLimit limit = AIMDLimit.newBuilder()
                .minLimit(least)
                .initialLimit(Math.clamp(AT_FIRST, least, most))
                .maxLimit(most)
                .timeout(answerWithin.toNanos(), TimeUnit.NANOSECONDS)
                .build();
        return new AdmissionPlaces(SimpleLimiter.newBuilder()
                .limit(limit)
                .nanoClock(nanoTime::getAsLong)
                .build());
    }

    /** How many there are now. */
    public int count() {
        return limiter.getLimit();
    }

    /** Whether there is none for one more: each is taken, or kept for somebody who was there before. */
    boolean areGone() {
        return limiter.getInflight() + kept.get() >= limiter.getLimit();
    }

    /** Takes a place, which {@link Place#close} gives back; empty if there is none. */
    Optional<Place> take() {
        if (OVERTAKING.isBound() && areGone()) {
            return Optional.empty();
        }
        Optional<Place> place = limiter.acquire(null).map(Place::new);
        takeNone();
        return place;
    }

    /** The current request needs no place, so that none is kept for it any longer. */
    void takeNone() {
        if (EXPECTED.isBound()) {
            EXPECTED.get().end();
        }
    }

    /** Keeps a place for a request that is about to wait for a thread. */
    Expected expect(Runnable request) {
        kept.incrementAndGet();
        return new Expected(request);
    }

    /** The request as one that waits for no thread: only a place that is kept for nobody is one for it. */
    Runnable overtaking(Runnable request) {
        return () -> ScopedValue.where(OVERTAKING, true).run(request);
    }

    /** A request for which a place is kept until it has taken it, needs none, or ends. */
    final class Expected implements Runnable {

        private final Runnable request;
        private final AtomicInteger keeps = new AtomicInteger(1);

        private Expected(Runnable request) {
            this.request = request;
        }

        @Override
        public void run() {
            try {
                ScopedValue.where(EXPECTED, this).run(request);
            } finally {
                end();
            }
        }

        void end() {
            kept.addAndGet(-keeps.getAndSet(0));
        }
    }

    /** A place while it is taken. */
    record Place(Limiter.Listener listener) implements AutoCloseable {

        /** Whatever was answered: what counts is how long it took. */
        @Override
        public void close() {
            listener.onSuccess();
        }
    }
}
