package io.tidings.infrastructure;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Closes an infrastructure when the JVM exits, after the Spring contexts that use it. */
final class ExitHook {

    private static final Duration FOR_HOOKS_TO_BEGIN = Duration.ofMillis(100);
    private static final Duration FOR_CONTEXTS_TO_CLOSE = Duration.ofSeconds(60);

    private final Thread thread;

    private ExitHook(Thread thread) {
        this.thread = thread;
    }

    static ExitHook closing(Infrastructure infrastructure) {
        Thread thread = new Thread(
                () -> {
                    awaitSpring();
                    infrastructure.close();
                },
                "InfrastructureExitHook");
        Runtime.getRuntime().addShutdownHook(thread);
        return new ExitHook(thread);
    }

    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException exiting) {
            // Then it is this hook that runs.
        }
    }

    // The JVM begins all hooks at once and in no order, and a service that loses its database while it closes
    // complains at length.
    private static void awaitSpring() {
        LockSupport.parkNanos(FOR_HOOKS_TO_BEGIN.toNanos());
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        for (Thread other : threads) {
            if (other.getName().startsWith("Spring") && other.getName().endsWith("ShutdownHook")) {
                try {
                    other.join(FOR_CONTEXTS_TO_CLOSE);
                } catch (InterruptedException interruption) {
                    return;
                }
            }
        }
    }
}
