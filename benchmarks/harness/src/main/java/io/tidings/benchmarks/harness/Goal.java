package io.tidings.benchmarks.harness;

import java.util.Optional;

/**
 * A figure that is to be reached.
 *
 * @param reached empty if it could not be measured, as when a contender was left out
 * @param always whether each round must reach it, and not only their median: that is so of promises
 */
record Goal(String text, Bound bound, double wanted, String unit, Optional<Summary> reached, boolean always) {

    enum Bound {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    static Goal atLeast(double wanted, String unit, String text, Optional<Summary> reached) {
        return new Goal(text, Bound.AT_LEAST, wanted, unit, reached, false);
    }

    static Goal atMost(double wanted, String unit, String text, Optional<Summary> reached) {
        return new Goal(text, Bound.AT_MOST, wanted, unit, reached, false);
    }

    /** The same, and no round may miss it. */
    Goal inEachRound() {
        return new Goal(text, bound, wanted, unit, reached, true);
    }

    boolean isMet() {
        return reached.map(summary -> switch (bound) {
                    case AT_LEAST -> (always ? summary.smallest() : summary.median()) >= wanted;
                    case AT_MOST -> (always ? summary.largest() : summary.median()) <= wanted;
                })
                .orElse(false);
    }

    String wish() {
        return bound.sign + " " + trimmed(wanted) + unit + (always ? ", in each round" : "");
    }

    private static String trimmed(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
