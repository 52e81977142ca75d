package io.tidings.bus.outbox;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Clockwork;
import java.time.Duration;

/**
 * Keeps looks into the outbox short. Each passes over what was removed and is not cleaned up yet; PostgreSQL's autovacuum
 * cleans that up, but comes once a minute at best, and in a minute a busy outbox has had a few hundred thousand messages.
 */
public final class OutboxCleaner extends Clockwork {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final long WORTH_CLEANING = 5_000;

    private final Outbox outbox;
    private long couldNotBeCleaned;

    public OutboxCleaner(Outbox outbox, BusStatus status) {
        super("cleaning of the outbox", EVERY, EVERY, status);
        this.outbox = outbox;
    }

    /** What a long transaction may still see can't be cleaned up: then the next attempt waits for twice as much. */
    @Override
    protected boolean turn() {
        long remains = outbox.remains();
        couldNotBeCleaned = Math.min(couldNotBeCleaned, remains);
        if (remains >= WORTH_CLEANING + 2 * couldNotBeCleaned) {
            outbox.cleanUp();
            couldNotBeCleaned = outbox.remains();
        }
        return false;
    }
}
