package io.tidings.bus.web;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Places for requests that are answered at the same time. Each answer that took too long takes a tenth of them away, each
 * other one gives one more if half of them are in use: additive increase, multiplicative decrease, as <a
 * href="https://www.rfc-editor.org/rfc/rfc5681">TCP</a> finds out how much a line bears.
 */
public final class AdmissionPlaces {

    /** So many are let in at the same time before it is known how long their answers take. */
    private static final int AT_FIRST = 20;

    private final SimpleLimiter<Void> limiter;

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

    /** Takes a place; empty if there is none. */
    Optional<Place> take() {
        return limiter.acquire(null).map(Place::new);
    }

    /** A place while it is taken. It is given back once, in one of two ways. */
    static final class Place {

        private final AtomicReference<Limiter.Listener> holder;

        private Place(Limiter.Listener holder) {
            this.holder = new AtomicReference<>(holder);
        }

        /** Whatever was answered: what counts is how long it took since the place was taken. */
        void answered() {
            giveBack(Limiter.Listener::onSuccess);
        }

        /** Nobody needed it, so that nothing is to be learned from how long that took. */
        void unused() {
            giveBack(Limiter.Listener::onIgnore);
        }

        private void giveBack(Consumer<Limiter.Listener> way) {
            Limiter.Listener taken = holder.getAndSet(null);
            if (taken != null) {
                way.accept(taken);
            }
        }
    }
}
