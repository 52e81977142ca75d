package io.tidings.bus.operations;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to pause between attempts: twice as long each time up to a limit, and never quite the same, so that those who
 * failed together do not return together (<a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">exponential backoff with jitter</a>).
 *
 * @param step the pause before chance has its say
 * @param longest the limit
 */
public record Pace(Duration step, Duration longest) {

    public static Pace ofInfrastructure() {
        return new Pace(Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    public static Pace ofRefusals(Duration first) {
        return new Pace(first, first.multipliedBy(64));
    }

    /** The pace after one more failure. */
    public Pace slower() {
        Duration doubled = step.multipliedBy(2);
        return new Pace(doubled.compareTo(longest) < 0 ? doubled : longest, longest);
    }

    /** Between half the step and all of it. */
    public Duration pause() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(step.toMillis() / 2, step.toMillis() + 1));
    }
}
