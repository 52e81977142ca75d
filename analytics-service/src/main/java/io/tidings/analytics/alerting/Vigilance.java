package io.tidings.analytics.alerting;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What a rule is about to do. It has hysteresis, as a thermostat has: an incident raises one alert, however often the
 * value crosses the threshold, until it has been low for a while.
 */
sealed interface Vigilance {

    /** Nothing is wrong. */
    record Armed() implements Vigilance {}

    /** An incident is under way, and its alert is out. */
    record Raised(UUID alertId) implements Vigilance {}

    /** An incident is under way, and seems to end. */
    record Calming(UUID alertId, Instant since) implements Vigilance {}

    /**
     * When to raise and when to be ready again.
     *
     * @param raiseAbove the value that is still borne
     * @param rearmBelow lower, or the same; whoever is below it is calm
     * @param rearmAfter how long it must be calm without a break
     */
    record Thresholds(double raiseAbove, double rearmBelow, Duration rearmAfter) {

        public Thresholds {
            if (rearmBelow > raiseAbove) {
                throw new IllegalArgumentException("A rule must be armed again below what raises it: %s is above %s."
                        .formatted(rearmBelow, raiseAbove));
            }
        }
    }

    /** @param raise whether an alert is due, whose id is in the state */
    record Decision(Vigilance next, boolean raise) {}

    /**
     * What follows from a value.
     *
     * @param alertId of the alert, should one be due
     */
    static Decision decide(Vigilance state, double value, Thresholds thresholds, Instant now, UUID alertId) {
        boolean calm = value < thresholds.rearmBelow();
        return switch (state) {
            case Armed armed when value > thresholds.raiseAbove() -> new Decision(new Raised(alertId), true);
            case Armed armed -> stay(armed);
            case Raised raised when calm -> stay(new Calming(raised.alertId(), now));
            case Raised raised -> stay(raised);
            case Calming calming when !calm -> stay(new Raised(calming.alertId()));
            case Calming calming when !now.isBefore(calming.since().plus(thresholds.rearmAfter())) -> stay(new Armed());
            case Calming calming -> stay(calming);
        };
    }

    private static Decision stay(Vigilance next) {
        return new Decision(next, false);
    }
}
