package io.tidings.audit.domain.flow;

import io.tidings.bus.operations.BusStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Lets the {@link FlowWatch} look, again and again. */
@Component
@EnableConfigurationProperties(FlowProperties.class)
class Clockwork implements SmartLifecycle {

    private static final String ACTIVITY = "watch over the flows";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FlowWatch watch;
    private final BusStatus status;
    private final FlowProperties properties;
    private @Nullable ScheduledExecutorService schedule;

    Clockwork(FlowWatch watch, BusStatus status, FlowProperties properties) {
        this.watch = watch;
        this.status = status;
        this.properties = properties;
    }

    private void tick() {
        try {
            watch.check(Instant.now());
            status.working(ACTIVITY);
        } catch (RuntimeException failure) {
            status.waiting(ACTIVITY, failure);
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("flow-watch").daemon().factory());
        started.scheduleWithFixedDelay(
                this::tick,
                properties.firstCheck().toMillis(),
                properties.checkInterval().toMillis(),
                TimeUnit.MILLISECONDS);
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
