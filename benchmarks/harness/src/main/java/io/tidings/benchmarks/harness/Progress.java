package io.tidings.benchmarks.harness;

import java.io.PrintStream;
import java.time.Duration;

/** Tells whoever waits how far a run is, and how long the rest will take. */
final class Progress {

    private final PrintStream out;
    private final int steps;
    private final long began = System.nanoTime();
    private int done;

    /** @param steps that the run has, about equally long */
    Progress(PrintStream out, int steps) {
        this.out = out;
        this.steps = steps;
    }

    void begin(String step) {
        out.printf("[%2d/%d] %s%s%n", done + 1, steps, step, left());
    }

    void note(String line) {
        out.printf("        %s%n", line);
    }

    void end() {
        done++;
    }

    private String left() {
        if (done == 0) {
            return "";
        }
        Duration perStep = Duration.ofNanos((System.nanoTime() - began) / done);
        return ", about %d min left"
                .formatted(perStep.multipliedBy(steps - done).toMinutes() + 1);
    }
}
