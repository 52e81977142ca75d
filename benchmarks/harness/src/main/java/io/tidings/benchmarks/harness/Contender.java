package io.tidings.benchmarks.harness;

import java.util.List;
import java.util.Map;

/**
 * One of those that are compared.
 *
 * @param id in files and JSON
 * @param module of {@code benchmarks} whose class path it runs on
 * @param mainClass of that module
 * @param libraries artifacts whose versions are told of
 * @param settings of its Spring application, besides those that all have in common
 * @param remark how it is used
 */
record Contender(
        String id,
        String title,
        String module,
        String mainClass,
        List<String> libraries,
        Map<String, String> settings,
        String remark) {

    Contender {
        libraries = List.copyOf(libraries);
        settings = Map.copyOf(settings);
    }
}
