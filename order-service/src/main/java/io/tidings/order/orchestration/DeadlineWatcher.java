package io.tidings.order.orchestration;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Clockwork;
import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.outbox.Outbox.Unsent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Looks for answers that did not come. Deadlines are in the database and any instance may notice one, so none is missed
 * however many instances run, stop or die. A request that still waits in the outbox, since the broker is away, is slower
 * than it is asked, or refuses its key, is never overdue: more requests would not help it.
 */
@Component
class DeadlineWatcher extends Clockwork {

    private static final int BATCH = 200;
    private static final int HELD_KEYS = 1_000;

    /** Within one process, messages leave with the commit. */
    private static final Unsent NOTHING = new Unsent(Duration.ZERO, List.of());

    private final Orchestrator orchestrator;
    private final ObjectProvider<Outbox> outbox;
    private final Departures departures;

    DeadlineWatcher(
            Orchestrator orchestrator,
            ObjectProvider<Outbox> outbox,
            BusStatus status,
            OrchestrationProperties properties) {
        super("deadline watcher", properties.watchEvery(), properties.watchEvery(), status);
        this.orchestrator = orchestrator;
        this.outbox = outbox;
        this.departures = new Departures(properties.answerWithin());
    }

    @Override
    protected boolean turn() {
        Instant now = Instant.now();
        Unsent unsent =
                outbox.stream().findAny().map(found -> found.unsent(HELD_KEYS)).orElse(NOTHING);
        departures.note(now, unsent);
        return departures
                .passed(now)
                .map(passed -> orchestrator.tellOverdue(passed, unsent.heldKeys(), BATCH) == BATCH)
                .orElse(false);
    }
}
