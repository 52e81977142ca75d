package io.tidings.analytics.alerting;

import io.tidings.analytics.alerting.Vigilance.Thresholds;
import io.tidings.bus.Settings;
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

    private static final Settings SETTINGS = new Settings("tidings.alerts");

    /** @throws IllegalArgumentException if no alert could be raised like that */
    AlertProperties {
        SETTINGS.requirePositive("check-interval", checkInterval);
    }

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

        /** @throws IllegalArgumentException if no alert could be raised, or only one for ever, like that */
        PaymentFailureRate {
            SETTINGS.requirePositive("payment-failure-rate.window", window);
            SETTINGS.requireAtLeast(1, "payment-failure-rate.minimum", minimum);
            SETTINGS.require(
                    raiseAbove > 0 && raiseAbove < 1,
                    "payment-failure-rate.raise-above",
                    "between 0 and 1",
                    raiseAbove);
            SETTINGS.require(
                    rearmBelow > 0 && rearmBelow <= raiseAbove,
                    "payment-failure-rate.rearm-below",
                    "more than 0 and at most raise-above, which is " + raiseAbove,
                    rearmBelow);
            SETTINGS.requireNotNegative("payment-failure-rate.rearm-after", rearmAfter);
        }

        Thresholds thresholds() {
            return new Thresholds(raiseAbove, rearmBelow, rearmAfter);
        }
    }

    /** @param window of time that is looked at; it slides by the minute */
    record DeadLetters(
            @DefaultValue("5m") Duration window,
            @DefaultValue("1m") Duration rearmAfter) {

        /** @throws IllegalArgumentException if no alert could be raised like that */
        DeadLetters {
            SETTINGS.requirePositive("dead-letters.window", window);
            SETTINGS.requireNotNegative("dead-letters.rearm-after", rearmAfter);
        }
    }

    /** The first of something is too many. */
    static Thresholds atTheFirst(Duration rearmAfter) {
        return new Thresholds(0.5, 0.5, rearmAfter);
    }
}
