package io.tidings.benchmarks.harness;

import java.util.Map;

/** A comparison. A new one is a class of this kind, and a line in {@link BenchmarkCommand}. */
interface Benchmark {

    /** As it is asked for, and as its files are called. */
    String name();

    /** Measures all contenders that are wanted, and says what came of it. */
    Report measure(Run run);

    /** What its contenders run with where that differs from the other benchmarks, by what it is of. */
    default Map<String, String> surroundings() {
        return Map.of();
    }
}
