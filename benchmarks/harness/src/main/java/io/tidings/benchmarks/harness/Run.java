package io.tidings.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;

/** One benchmark under way: its contenders in alternation, and what they made of it. */
final class Run {

    private final Arena arena;
    private final Options options;
    private final Measurements measurements = new Measurements();
    private final List<String> problems = new ArrayList<>();

    Run(Arena arena, Options options) {
        this.arena = arena;
        this.options = options;
    }

    /** What a contender does in a round. */
    @FunctionalInterface
    interface Turn {
        void take(int round, Progress progress) throws Exception;
    }

    /** A turn with the name of whose it is. */
    record Named(String name, Turn turn) {}

    /**
     * Lets all take their turns, A B C A B C. A turn that fails is told of as a problem, and the others go on.
     *
     * @param what each turn is, in a word or two
     */
    void alternate(String what, int rounds, List<Named> turns) {
        Progress progress = new Progress(System.out, rounds * turns.size());
        for (int round = 1; round <= rounds; round++) {
            for (Named named : turns) {
                progress.begin("%s, round %d of %d: %s".formatted(what, round, rounds, named.name()));
                try {
                    named.turn().take(round, progress);
                } catch (Exception failure) {
                    progress.note("failed: " + failure.getMessage());
                    failure.printStackTrace();
                    problems.add("%s, %s, round %d: %s".formatted(what, named.name(), round, failure.getMessage()));
                }
                progress.end();
            }
        }
    }

    void add(Contender contender, Measure measure, int round, double value) {
        measurements.add(contender.id(), measure, round, value);
    }

    /** Something that must not be. The report tells it, and the command fails. */
    void problem(String sentence) {
        problems.add(sentence);
    }

    Arena arena() {
        return arena;
    }

    Options options() {
        return options;
    }

    Measurements measurements() {
        return measurements;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
