package io.tidings.systemtests.faults;

import java.time.Duration;
import java.time.Instant;

/** Tells whoever waits for a run what it is at, and how long it has lasted. */
final class Progress {

    private final Instant began = Instant.now();

    void tell(String news) {
        Duration lasted = Duration.between(began, Instant.now());
        System.out.printf("  %3d:%02d  %s%n", lasted.toMinutes(), lasted.toSecondsPart(), news);
    }
}
