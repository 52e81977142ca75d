package io.tidings.infrastructure;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what tells nobody when it is ready. */
final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Readiness() {}

    /** Returns once the check answers true; a check that throws is one that answers false. */
    static void await(String name, Duration atMost, Callable<Boolean> check) {
        long deadline = System.nanoTime() + atMost.toNanos();
        @Nullable Exception last = null;
        while (System.nanoTime() - deadline < 0) {
            try {
                if (check.call()) {
                    return;
                }
            } catch (Exception failure) {
                last = failure;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new InfrastructureException("Waiting for " + name + " was interrupted; ask again.");
            }
        }
        String message = "%s was not ready within %d seconds; try again when the machine is less busy."
                .formatted(name, atMost.toSeconds());
        throw last == null ? new InfrastructureException(message) : new InfrastructureException(message, last);
    }
}
