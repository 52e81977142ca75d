package io.tidings.audit.domain.flow;

import io.tidings.bus.Settings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a flow stands still, under {@code tidings.flows}.
 *
 * @param stalledAfter how long what a flow began may take
 * @param checkInterval how often the watch looks
 * @param firstCheck how long the watch waits after the start, in which messages are recorded that came meanwhile
 */
@ConfigurationProperties("tidings.flows")
record FlowProperties(
        @DefaultValue("5m") Duration stalledAfter,
        @DefaultValue("1s") Duration checkInterval,
        @DefaultValue("30s") Duration firstCheck) {

    private static final Settings SETTINGS = new Settings("tidings.flows");

    /** @throws IllegalArgumentException if no flow could be watched like that */
    FlowProperties {
        SETTINGS.requirePositive("stalled-after", stalledAfter);
        SETTINGS.requirePositive("check-interval", checkInterval);
        SETTINGS.requireNotNegative("first-check", firstCheck);
    }
}
