package io.tidings.bus.operations;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was seen lately: asked for again at most once a second, and by one thread at a time. A source that is away is left
 * alone for as long as it took to find that out, so that those who only watch don't wait for it one after the other.
 */
final class Lately<T> {

    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Supplier<T> source;
    private @Nullable T seen;
    private long staleAt = System.nanoTime();

    Lately(Supplier<T> source) {
        this.source = source;
    }

    /** Empty if it can't be seen at the moment. */
    synchronized Optional<T> see() {
        long now = System.nanoTime();
        if (now - staleAt >= 0) {
            try {
                seen = source.get();
            } catch (RuntimeException away) {
                seen = null;
            }
            long took = System.nanoTime() - now;
            staleAt = System.nanoTime() + Math.max(FRESH, took);
        }
        return Optional.ofNullable(seen);
    }
}
