package io.tidings.benchmarks.harness;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Orders that come at a steady rate until this is closed. */
final class SteadyOrders implements AutoCloseable {

    private static final Duration AT_A_TIME = Duration.ofSeconds(1);

    private final CompletableFuture<Void> coming;
    private volatile boolean goesOn = true;

    SteadyOrders(Crowd crowd, double perSecond) {
        coming = CompletableFuture.runAsync(
                () -> come(crowd, perSecond), task -> Thread.ofVirtual().start(task));
    }

    private void come(Crowd crowd, double perSecond) {
        try {
            while (goesOn) {
                crowd.openLoop(perSecond, AT_A_TIME);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws IllegalStateException if the shop did not take an order */
    @Override
    public void close() {
        goesOn = false;
        try {
            coming.join();
        } catch (CompletionException failure) {
            throw new IllegalStateException("Orders could not be placed during the rebuild.", failure.getCause());
        }
    }
}
