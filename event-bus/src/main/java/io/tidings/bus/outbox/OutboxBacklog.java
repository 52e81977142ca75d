package io.tidings.bus.outbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether more waits in the outbox than should. Whoever asks gets the answer of the last look at once; the next look is
 * taken in the background, once a second at most, and only while somebody asks.
 */
public final class OutboxBacklog {

    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Outbox outbox;
    private final int limit;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long staleAt = System.nanoTime();
    private volatile boolean over;

    /** @param limit messages that may wait */
    public OutboxBacklog(Outbox outbox, int limit) {
        this.outbox = outbox;
        this.limit = limit;
    }

    public boolean isOver() {
        if (System.nanoTime() - staleAt >= 0 && looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("outbox-backlog").start(this::look);
        }
        return over;
    }

    private void look() {
        try {
            over = outbox.count(limit + 1) > limit;
        } catch (RuntimeException away) {
            over = false; // whoever needs the database will hear so from it
        } finally {
            staleAt = System.nanoTime() + FRESH;
            looking.set(false);
        }
    }
}
