package io.tidings.bus.handling;

import io.tidings.bus.deadletter.ParkedMessage;
import io.tidings.bus.publishing.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a redrive goes. */
final class RedriveCourse {

    private static final int NAMED_AT_MOST = 100;

    private final Instant deadline;
    private final List<RedriveResult.Failure> failures = new ArrayList<>();
    private int handled;
    private int failed;
    private boolean finished = true;

    RedriveCourse(Instant deadline) {
        this.deadline = deadline;
    }

    /** Whether there is time for one more. */
    boolean goesOn() {
        if (Instant.now().isAfter(deadline)) {
            finished = false;
        }
        return finished;
    }

    void handled() {
        handled++;
    }

    void failed(ParkedMessage parked, DeadLetter again) {
        failed++;
        if (failures.size() < NAMED_AT_MOST) {
            failures.add(new RedriveResult.Failure(
                    parked.id(),
                    parked.message().topic(),
                    parked.message().key(),
                    parked.message().type(),
                    again.attempts(),
                    again.reason()));
        }
    }

    RedriveResult result() {
        return new RedriveResult(handled, failed, List.copyOf(failures), finished);
    }
}
