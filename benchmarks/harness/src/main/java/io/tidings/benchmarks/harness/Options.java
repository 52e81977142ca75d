package io.tidings.benchmarks.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run was asked for.
 *
 * @param benchmarks their names
 * @param quick each round so short that the figures say little
 * @param rounds of each contender
 * @param only ids of contenders; all if it is empty
 * @param output folder of the reports
 * @param namedOutput that folder as a report names it, if the run was asked for it and does not have it by itself
 */
record Options(
        List<String> benchmarks,
        boolean quick,
        int rounds,
        Set<String> only,
        Path output,
        Optional<String> namedOutput) {

    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 1;

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    static Options parse(List<String> arguments, Set<String> known, Path root) {
        Set<String> benchmarks = new LinkedHashSet<>();
        Set<String> only = new LinkedHashSet<>();
        boolean quick = false;
        int rounds = 0;
        Path output = null;
        for (String argument : arguments) {
            if (argument.equals("--quick")) {
                quick = true;
            } else if (argument.startsWith("--rounds=")) {
                rounds = number(argument);
            } else if (argument.startsWith("--only=")) {
                only.addAll(List.of(valueOf(argument).split(",")));
            } else if (argument.startsWith("--output=")) {
                output = Path.of(valueOf(argument));
            } else if (argument.equals("all")) {
                benchmarks.addAll(known);
            } else if (known.contains(argument)) {
                benchmarks.add(argument);
            } else {
                throw new IllegalArgumentException(
                        "There is no benchmark or option '%s'; the benchmarks are %s and all, the options --quick, --rounds=N, --only=CONTENDER,... and --output=FOLDER."
                                .formatted(argument, String.join(", ", known)));
            }
        }
        if (benchmarks.isEmpty()) {
            benchmarks.addAll(known);
        }
        // What was measured in haste must not overwrite what the documentation shows.
        Path usual = root.resolve(quick || !only.isEmpty() ? "benchmarks/harness/target/reports" : "docs/benchmarks");
        int chosenRounds = rounds > 0 ? rounds : quick ? QUICK_ROUNDS : ROUNDS;
        return new Options(
                List.copyOf(benchmarks),
                quick,
                chosenRounds,
                Set.copyOf(only),
                output == null ? usual : output,
                Optional.ofNullable(output).map(chosen -> name(chosen, root)));
    }

    /** A report is read on other machines: a folder outside the repository is not there. */
    private static String name(Path output, Path root) {
        if (!output.isAbsolute()) {
            return output.toString();
        }
        return output.startsWith(root) ? root.relativize(output).toString() : "FOLDER";
    }

    /** The command that does the same again. */
    String command(String benchmark) {
        List<String> words = new ArrayList<>(List.of("./tidings", "bench", benchmark));
        if (quick) {
            words.add("--quick");
        }
        if (rounds != (quick ? QUICK_ROUNDS : ROUNDS)) {
            words.add("--rounds=" + rounds);
        }
        if (!only.isEmpty()) {
            words.add("--only=" + String.join(",", only.stream().sorted().toList()));
        }
        namedOutput.ifPresent(folder -> words.add("--output=" + folder));
        return String.join(" ", words);
    }

    boolean wants(Contender contender) {
        return only.isEmpty() || only.contains(contender.id());
    }

    private static int number(String argument) {
        try {
            int number = Integer.parseInt(valueOf(argument));
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new IllegalArgumentException("'%s' must be a whole number above zero.".formatted(argument));
    }

    private static String valueOf(String argument) {
        return argument.substring(argument.indexOf('=') + 1);
    }
}
