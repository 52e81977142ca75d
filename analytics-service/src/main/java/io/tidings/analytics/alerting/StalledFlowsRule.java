package io.tidings.analytics.alerting;

import io.tidings.analytics.domain.OpenOrders;
import io.tidings.events.notification.Severity;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Orders were placed long ago and have not ended. */
@Component
class StalledFlowsRule implements AlertRule {

    private final OpenOrders orders;
    private final AlertProperties.StalledFlows properties;

    StalledFlowsRule(OpenOrders orders, AlertProperties properties) {
        this.orders = orders;
        this.properties = properties.stalledFlows();
    }

    @Override
    public String name() {
        return "StalledFlows";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Vigilance.Thresholds thresholds() {
        return AlertProperties.atTheFirst(properties.rearmAfter());
    }

    @Override
    public Measurement measure(Instant now) {
        OpenOrders.Stalled stalled = orders.placedBefore(now.minus(properties.limit()));
        return new Measurement(
                stalled.orders(),
                stalled.oldest() == null
                        ? "No order is under way for longer than %d s."
                                .formatted(properties.limit().toSeconds())
                        : "Orders under way for longer than %d s: %d, the oldest since %s."
                                .formatted(properties.limit().toSeconds(), stalled.orders(), stalled.oldest()));
    }
}
