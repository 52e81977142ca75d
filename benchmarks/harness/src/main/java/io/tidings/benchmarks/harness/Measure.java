package io.tidings.benchmarks.harness;

/**
 * What is measured of a contender.
 *
 * @param id in files and JSON
 * @param unit may be empty
 * @param decimals that are worth showing
 * @param charted whether a chart of it is drawn
 */
record Measure(String id, String title, String unit, int decimals, boolean charted) {

    static Measure charted(String id, String title, String unit, int decimals) {
        return new Measure(id, title, unit, decimals, true);
    }

    static Measure of(String id, String title, String unit, int decimals) {
        return new Measure(id, title, unit, decimals, false);
    }
}
