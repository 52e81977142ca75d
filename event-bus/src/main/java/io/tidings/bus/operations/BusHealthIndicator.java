package io.tidings.bus.operations;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down while the bus waits for its database or its broker, with the reason; the bus goes on by itself. */
public final class BusHealthIndicator extends AbstractHealthIndicator {

    private final BusStatus status;

    public BusHealthIndicator(BusStatus status) {
        this.status = status;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        status.waiting()
                .forEach((activity, waiting) ->
                        health.withDetail(activity, "waits since %s: %s".formatted(waiting.since(), waiting.reason())));
        if (status.waiting().isEmpty()) {
            health.up();
        } else {
            health.down();
        }
    }
}
