package io.tidings.infrastructure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Does several things at the same time and waits for all of them, also when one fails. */
final class Together {

    private static final Executor THREAD_EACH = Thread.ofVirtual().name("infrastructure")::start;

    private Together() {}

    /** Throws the first failure when all have ended; further failures are suppressed in it. */
    static void run(List<Runnable> actions) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Runnable action : actions) {
            running.add(CompletableFuture.runAsync(action, THREAD_EACH));
        }
        List<RuntimeException> failures = new ArrayList<>();
        for (CompletableFuture<Void> one : running) {
            try {
                one.join();
            } catch (CompletionException failure) {
                failures.add(
                        failure.getCause() instanceof RuntimeException cause
                                ? cause
                                : new InfrastructureException("An unexpected error; see the cause.", failure));
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }
}
