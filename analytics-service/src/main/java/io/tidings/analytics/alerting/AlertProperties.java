package io.tidings.analytics.alerting;

import io.tidings.analytics.alerting.Vigilance.Thresholds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an operator is told, under {@code tidings.alerts}.
 *
 * @param checkInterval how often the rules are looked at
 */
@ConfigurationProperties("tidings.alerts")
record AlertProperties(
        @DefaultValue("1s") Duration checkInterval,
        @DefaultValue PaymentFailureRate paymentFailureRate,
        @DefaultValue DeadLetters deadLetters) {

    /**
     * @param window of time that is looked at; it slides by the minute
     * @param minimum payments in the window: of fewer, nothing can be said
     * @param raiseAbove part that fails
     * @param rearmBelow part that fails
     */
    record PaymentFailureRate(
            @DefaultValue("5m") Duration window,
            @DefaultValue("10") int minimum,
            @DefaultValue("0.5") double raiseAbove,
            @DefaultValue("0.25") double rearmBelow,
            @DefaultValue("1m") Duration rearmAfter) {

        Thresholds thresholds() {
            return new Thresholds(raiseAbove, rearmBelow, rearmAfter);
        }
    }

    /** @param window of time that is looked at; it slides by the minute */
    record DeadLetters(
            @DefaultValue("5m") Duration window,
            @DefaultValue("1m") Duration rearmAfter) {}

    /** The first of something is too many. */
    static Thresholds atTheFirst(Duration rearmAfter) {
        return new Thresholds(0.5, 0.5, rearmAfter);
    }
}
