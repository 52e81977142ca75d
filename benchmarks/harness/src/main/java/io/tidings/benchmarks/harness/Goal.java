package io.tidings.benchmarks.harness;

import java.util.Locale;
import java.util.Optional;

/**
 * A figure that is to be reached.
 *
 * @param reached empty if it could not be measured, as when a contender was left out
 */
record Goal(String text, Bound bound, double wanted, String unit, Optional<Summary> reached) {

    enum Bound {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    static Goal atLeast(double wanted, String unit, String text, Optional<Summary> reached) {
        return new Goal(text, Bound.AT_LEAST, wanted, unit, reached);
    }

    static Goal atMost(double wanted, String unit, String text, Optional<Summary> reached) {
        return new Goal(text, Bound.AT_MOST, wanted, unit, reached);
    }

    boolean isMet() {
        return reached.map(summary -> switch (bound) {
                    case AT_LEAST -> summary.median() >= wanted;
                    case AT_MOST -> summary.median() <= wanted;
                })
                .orElse(false);
    }

    String wish() {
        return "%s %s%s".formatted(bound.sign, String.format(Locale.ROOT, "%s", trimmed(wanted)), unit);
    }

    private static String trimmed(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
