package io.tidings.order.orchestration;

import io.tidings.bus.operations.BusStatus;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks for answers that did not come. Deadlines are in the database and any instance may notice one, so none is missed
 * however many instances run, stop or die.
 */
@Component
class DeadlineWatcher implements SmartLifecycle {

    private static final String ACTIVITY = "deadline watcher";
    private static final int BATCH = 200;

    private final Orchestrator orchestrator;
    private final BusStatus status;
    private final OrchestrationProperties properties;
    private volatile @Nullable ScheduledExecutorService schedule;

    DeadlineWatcher(Orchestrator orchestrator, BusStatus status, OrchestrationProperties properties) {
        this.orchestrator = orchestrator;
        this.status = status;
        this.properties = properties;
    }

    private void watch() {
        try {
            int late = BATCH;
            while (late == BATCH && isRunning()) {
                late = orchestrator.tellOverdue(BATCH);
            }
            status.working(ACTIVITY);
        } catch (RuntimeException failure) {
            status.waiting(ACTIVITY, failure);
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("deadline-watcher").daemon().factory());
        long pause = properties.watchEvery().toMillis();
        schedule = started;
        started.scheduleWithFixedDelay(this::watch, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        ScheduledExecutorService stopped = schedule;
        schedule = null;
        if (stopped == null) {
            return;
        }
        stopped.shutdown();
        try {
            if (!stopped.awaitTermination(5, TimeUnit.SECONDS)) {
                stopped.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            stopped.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return schedule != null;
    }
}
