package io.tidings.bus.operations;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Does something again and again while a service runs, in a thread of its own. A turn that fails is taken again after the
 * pause, and {@link BusStatus} tells that the activity waits. Each instance of a service has its own: turns must bear
 * that others take theirs at the same time.
 */
public abstract class Clockwork implements SmartLifecycle {

    private static final Duration TIME_TO_END = Duration.ofSeconds(5);

    private final String activity;
    private final Duration first;
    private final Duration pause;
    private final BusStatus status;
    private volatile @Nullable ScheduledExecutorService schedule;

    /**
     * @param activity as operators are told of it, such as "watch over the flows"
     * @param first before the first turn
     * @param pause between the end of a turn and the next
     */
    protected Clockwork(String activity, Duration first, Duration pause, BusStatus status) {
        this.activity = activity;
        this.first = first;
        this.pause = pause;
        this.status = status;
    }

    /** Takes one turn; says whether there is more to do at once. */
    protected abstract boolean turn();

    /**
     * Does the same for each. One for which it fails keeps none of the others from it.
     *
     * @param subject what a failure is about, as the beginning of a sentence, such as "Old rows of inbox could not be
     *     deleted"
     * @throws IllegalStateException at the end, if it failed for any: the first failure, with those of the others
     */
    protected static <T> void forEachByItself(Iterable<T> all, Consumer<T> work, Function<T, String> subject) {
        @Nullable IllegalStateException failed = null;
        for (T one : all) {
            try {
                work.accept(one);
            } catch (RuntimeException failure) {
                IllegalStateException told =
                        new IllegalStateException("%s: %s".formatted(subject.apply(one), failure), failure);
                if (failed == null) {
                    failed = told;
                } else {
                    failed.addSuppressed(told);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private void takeTurns() {
        try {
            boolean more = true;
            while (more && isRunning()) {
                more = turn();
                status.working(activity);
            }
        } catch (RuntimeException | Error failure) {
            // Thrown on, it would end the schedule for good, and nobody would hear of it.
            status.waiting(activity, failure);
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(activity).daemon().factory());
        schedule = started;
        started.scheduleWithFixedDelay(this::takeTurns, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets a turn that is under way end. */
    @Override
    public void stop() {
        ScheduledExecutorService running = schedule;
        schedule = null;
        if (running == null) {
            return;
        }
        running.shutdown();
        try {
            if (!running.awaitTermination(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return schedule != null;
    }
}
