package io.tidings.analytics.alerting;

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

/** Lets the {@link Watch} look at the rules, again and again. */
@Component
@EnableConfigurationProperties(AlertProperties.class)
class Clockwork implements SmartLifecycle {

    private static final String ACTIVITY = "watch over the alert rules";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Watch watch;
    private final BusStatus status;
    private final Duration interval;
    private @Nullable ScheduledExecutorService schedule;

    Clockwork(Watch watch, BusStatus status, AlertProperties properties) {
        this.watch = watch;
        this.status = status;
        this.interval = properties.checkInterval();
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
                Thread.ofPlatform().name("alert-watch").daemon().factory());
        started.scheduleWithFixedDelay(this::tick, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
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
