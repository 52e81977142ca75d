package io.tidings.bus.operations;

import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down until the service has begun to hear, and never again: for whoever starts it and wants to know when it takes part.
 * That it can't hear for a while later on is told by {@link BusHealthIndicator}.
 */
public final class SubscriptionHealthIndicator extends AbstractHealthIndicator {

    private final List<Subscription> subscriptions;

    public SubscriptionHealthIndicator(List<Subscription> subscriptions) {
        this.subscriptions = List.copyOf(subscriptions);
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (subscriptions.stream().allMatch(Subscription::hasBegun)) {
            health.up();
        } else {
            health.down().withDetail("waits", "The topics that this service listens to are still being made.");
        }
    }
}
