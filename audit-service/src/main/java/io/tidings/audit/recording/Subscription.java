package io.tidings.audit.recording;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.EventFilter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** Messages on their way to one who watches. It ends when it is closed, or when its reader is too slow. */
public final class Subscription implements AutoCloseable {

    private static final int MOST_MESSAGES = 1_000;
    private static final int MOST_BYTES = 1_048_576;

    private final EventFilter filter;
    private final Consumer<Subscription> whenOver;
    private final Queue<AuditEvent> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean open = true;
    private boolean overrun;

    Subscription(EventFilter filter, Consumer<Subscription> whenOver) {
        this.filter = filter;
        this.whenOver = whenOver;
    }

    /**
     * Never waits. What is told at once may be more than may wait, so a reader is judged by what is left of before: no more
     * is kept than the most that may wait, and what was told last.
     */
    synchronized void offer(List<AuditEvent> events) {
        List<AuditEvent> wanted = events.stream().filter(filter::matches).toList();
        if (!open || wanted.isEmpty()) {
            return;
        }
        if (waiting.size() >= MOST_MESSAGES || waitingBytes >= MOST_BYTES) {
            overrun = true;
            close();
            return;
        }
        waiting.addAll(wanted);
        wanted.forEach(event -> waitingBytes += event.payload().length);
        notifyAll();
    }

    /** The next message; empty if none came in time, or the subscription is over. */
    public synchronized Optional<AuditEvent> next(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); waiting.isEmpty() && open && left > 0; ) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
        Optional<AuditEvent> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(event -> waitingBytes -= event.payload().length);
        return next;
    }

    public synchronized boolean isOpen() {
        return open;
    }

    /** Whether it ended because its reader was too slow. */
    public synchronized boolean isOverrun() {
        return overrun;
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            waiting.clear();
            notifyAll();
            whenOver.accept(this);
        }
    }
}
