package io.tidings.analytics.alerting;

import io.tidings.analytics.alerting.Vigilance.Thresholds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

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

    /** @throws IllegalArgumentException if no alert could be raised like that */
    AlertProperties {
        requirePositive("check-interval", checkInterval);
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
            requirePositive("payment-failure-rate.window", window);
            Assert.isTrue(
                    minimum >= 1,
                    () -> "tidings.alerts.payment-failure-rate.minimum must be at least 1, and is %d."
                            .formatted(minimum));
            Assert.isTrue(
                    raiseAbove > 0 && raiseAbove < 1,
                    () -> "tidings.alerts.payment-failure-rate.raise-above must be between 0 and 1, and is %s."
                            .formatted(raiseAbove));
            Assert.isTrue(
                    rearmBelow > 0 && rearmBelow <= raiseAbove,
                    () ->
                            "tidings.alerts.payment-failure-rate.rearm-below must be more than 0 and at most raise-above, which is %s, and is %s."
                                    .formatted(raiseAbove, rearmBelow));
            requireNotNegative("payment-failure-rate.rearm-after", rearmAfter);
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
            requirePositive("dead-letters.window", window);
            requireNotNegative("dead-letters.rearm-after", rearmAfter);
        }
    }

    private static void requirePositive(String name, Duration value) {
        Assert.isTrue(
                value.isPositive(),
                () -> "tidings.alerts.%s must be longer than nothing, and is %s.".formatted(name, value));
    }

    private static void requireNotNegative(String name, Duration value) {
        Assert.isTrue(
                !value.isNegative(),
                () -> "tidings.alerts.%s must not be less than nothing, and is %s.".formatted(name, value));
    }

    /** The first of something is too many. */
    static Thresholds atTheFirst(Duration rearmAfter) {
        return new Thresholds(0.5, 0.5, rearmAfter);
    }
}
