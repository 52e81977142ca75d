package io.tidings.benchmarks.harness;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code ./tidings bench}: measures what it is asked for, and writes the reports. */
final class BenchmarkCommand {

    private BenchmarkCommand() {}

    static Map<String, Benchmark> benchmarks() {
        Map<String, Benchmark> byName = new LinkedHashMap<>();
        Stream.of(
                        new RelayBenchmark(),
                        new ConsumerBenchmark(),
                        new SagaBenchmark(),
                        new GrowthBenchmark(),
                        new OverloadBenchmark(),
                        new ReplayBenchmark(),
                        new StartupBenchmark())
                .forEach(benchmark -> byName.put(benchmark.name(), benchmark));
        return byName;
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), Path.of(System.getProperty("tidings.root", "."))));
    }

    private static int run(List<String> arguments, Path root) {
        Map<String, Benchmark> known = benchmarks();
        Options options;
        try {
            options = Options.parse(arguments, known.keySet(), root);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return 2;
        }
        boolean sound = true;
        for (String name : options.benchmarks()) {
            try (Arena arena = Arena.open(root, root.resolve("benchmarks/harness/target/logs"))) {
                Benchmark benchmark = known.get(name);
                if (benchmark == null) {
                    throw new IllegalStateException("There is no benchmark " + name);
                }
                Report report = benchmark.measure(new Run(arena, options));
                Surroundings surroundings =
                        Surroundings.of(root, arena, report.contenders()).with(benchmark.surroundings());
                Path page = new ReportWriter(report, surroundings, options.command(name)).write(options.output());
                tell(report, page);
                sound &= report.problems().isEmpty();
            }
        }
        return sound ? 0 : 1;
    }

    private static void tell(Report report, Path page) {
        for (Goal goal : report.goals()) {
            System.out.printf(
                    "  %-6s %s: %s, wanted %s%n",
                    goal.reached().isEmpty() ? "-" : goal.isMet() ? "met" : "MISSED",
                    goal.text(),
                    goal.reached()
                            .map(reached -> "%.2f".formatted(reached.median()))
                            .orElse("not measured"),
                    goal.wish());
        }
        report.problems().forEach(problem -> System.out.println("  PROBLEM " + problem));
        System.out.println("  The report is " + page);
    }
}
