package io.tidings.benchmarks.harness;

import java.util.List;

/** What several rounds measured, in short. */
record Summary(double median, double smallest, double largest, int rounds) {

    /** @param samples at least one */
    static Summary of(List<Double> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("Nothing was measured.");
        }
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Summary(median, sorted.getFirst(), sorted.getLast(), sorted.size());
    }
}
