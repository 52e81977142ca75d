package io.tidings.events.notification;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Topics;
import java.util.UUID;

/**
 * Something needs an operator. One incident raises one alert. Published by analytics-service and audit-service.
 *
 * @param rule that was broken, such as {@code PaymentFailureRate}
 * @param evidence a sentence with the figures
 */
@EventType(name = "AlertRaised", version = 1, topic = Topics.NOTIFICATIONS)
public record AlertRaised(UUID alertId, String rule, Severity severity, String evidence) implements Event {

    @Override
    public String key() {
        return rule;
    }
}
