package io.tidings.order.orchestration;

import io.tidings.bus.Settings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient orchestrations are, under {@code tidings.orchestration}.
 *
 * @param answerWithin how long a service has to answer, from when its request has left
 * @param attempts how often it is asked, at most
 * @param watchEvery how often deadlines are looked at
 */
@ConfigurationProperties("tidings.orchestration")
record OrchestrationProperties(
        @DefaultValue("5s") Duration answerWithin,
        @DefaultValue("3") int attempts,
        @DefaultValue("500ms") Duration watchEvery) {

    private static final Settings SETTINGS = new Settings("tidings.orchestration");

    /** @throws IllegalArgumentException if no orchestration could go on like that */
    OrchestrationProperties {
        SETTINGS.requirePositive("answer-within", answerWithin);
        SETTINGS.requireAtLeast(1, "attempts", attempts);
        SETTINGS.requirePositive("watch-every", watchEvery);
    }
}
