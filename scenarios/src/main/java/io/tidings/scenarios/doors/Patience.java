package io.tidings.scenarios.doors;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How long something is waited for, and how long the pause is between two looks.
 *
 * @param atMost from the first look to the last
 */
public record Patience(Duration atMost, Duration pause) {

    /** Enough for a system that is busy starting. */
    public static Patience usual() {
        return new Patience(Duration.ofSeconds(20), Duration.ofMillis(25));
    }

    /** Looks until it sees what it wants or the time is over, and returns what it saw last. */
    public <T> T look(Supplier<T> look, Predicate<? super T> wanted) {
        long start = System.nanoTime();
        T seen = look.get();
        while (!wanted.test(seen) && System.nanoTime() - start < atMost.toNanos() && rested()) {
            seen = look.get();
        }
        return seen;
    }

    private boolean rested() {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
