package io.tidings.audit.domain.replay;

import io.tidings.bus.operations.BusStatus;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Lets the {@link ReplaySender} take its steps, for as long as there are any. */
@Component
class ReplayClockwork implements SmartLifecycle {

    private static final String ACTIVITY = "sending of replays";
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ReplaySender sender;
    private final BusStatus status;
    private volatile @Nullable ScheduledExecutorService schedule;

    ReplayClockwork(ReplaySender sender, BusStatus status) {
        this.sender = sender;
        this.status = status;
    }

    private void tick() {
        try {
            while (isRunning() && sender.step()) {
                status.working(ACTIVITY);
            }
            status.working(ACTIVITY);
        } catch (RuntimeException failure) {
            status.waiting(ACTIVITY, failure);
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("replays").daemon().factory());
        started.scheduleWithFixedDelay(this::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        schedule = started;
    }

    /** Lets a look that is under way end. */
    @Override
    public void stop() {
        ScheduledExecutorService running = schedule;
        schedule = null;
        if (running == null) {
            return;
        }
        running.shutdown();
        try {
            if (!running.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
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
