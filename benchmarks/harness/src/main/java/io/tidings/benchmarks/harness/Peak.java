package io.tidings.benchmarks.harness;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The largest value that something had, looked at four times a second from the beginning until it is closed. */
final class Peak implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Thread thread;
    private volatile boolean watching = true;
    private volatile double value;

    private Peak(DoubleSupplier something) {
        thread = Thread.ofVirtual().start(() -> watch(something));
    }

    static Peak of(DoubleSupplier something) {
        return new Peak(something);
    }

    private void watch(DoubleSupplier something) {
        try {
            while (watching) {
                value = Math.max(value, something.getAsDouble());
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Up to now. */
    double value() {
        return value;
    }

    @Override
    public void close() {
        watching = false;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
