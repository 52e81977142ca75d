package io.tidings.benchmarks.harness;

import java.util.Arrays;
import java.util.Collection;

/** Many values of one kind, asked for how large the greater part of them is. */
final class Percentiles {

    private final double[] sorted;

    /** @param values at least one */
    Percentiles(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("Nothing was measured.");
        }
        sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
    }

    /** The smallest value that at least so much of all does not exceed; by nearest rank. */
    double at(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }
}
