package io.tidings.benchmarks.harness;

import java.util.List;

/**
 * What a benchmark found.
 *
 * @param introduction a paragraph for whoever reads only one
 * @param contenders those that were measured
 * @param method how it was measured, sentence by sentence
 * @param problems what must not have been
 */
record Report(
        String name,
        String title,
        String introduction,
        List<Contender> contenders,
        List<Measure> measures,
        Measurements measurements,
        List<Goal> goals,
        List<String> method,
        List<String> problems) {

    Report {
        contenders = List.copyOf(contenders);
        measures = List.copyOf(measures);
        goals = List.copyOf(goals);
        method = List.copyOf(method);
        problems = List.copyOf(problems);
    }
}
