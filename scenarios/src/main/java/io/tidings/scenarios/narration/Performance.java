package io.tidings.scenarios.narration;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as it was played.
 *
 * @param failure why it could not go on; null if it came to its end
 */
public record Performance(
        String scenario,
        String title,
        String pattern,
        List<Step> steps,
        Duration took,
        @Nullable String failure) {

    public Performance {
        steps = List.copyOf(steps);
    }

    /** Whether it came to its end and every check passed. */
    public boolean passed() {
        return failure == null && failedChecks().isEmpty();
    }

    /** The checks that did not pass. */
    public List<Step.Checked> failedChecks() {
        return checks().stream().filter(check -> !check.passed()).toList();
    }

    /** All checks. */
    public List<Step.Checked> checks() {
        return steps.stream()
                .filter(Step.Checked.class::isInstance)
                .map(Step.Checked.class::cast)
                .toList();
    }
}
