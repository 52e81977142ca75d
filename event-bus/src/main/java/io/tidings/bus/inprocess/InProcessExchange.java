package io.tidings.bus.inprocess;

import io.tidings.bus.message.Envelope;
import io.tidings.bus.publishing.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the services of one process meet when there is no broker. One exchange serves all of them.
 *
 * <p>What transactions publish is queued just before they commit, while they hold the locks of what they changed, and
 * delivered in that order, one message at a time, by the threads that published, right after the commit. So a key keeps
 * its order here too.
 */
public final class InProcessExchange implements Transport {

    private final List<InProcessParticipant> participants = new CopyOnWriteArrayList<>();
    private final Deque<Batch> queue = new ArrayDeque<>();
    private final ReentrantLock delivering = new ReentrantLock();
    /** Whether this thread has taken a place in the queue since it last delivered. */
    private final ThreadLocal<Boolean> isQueued = ThreadLocal.withInitial(() -> false);

    /** What one transaction publishes. */
    private static final class Batch implements Transport.Departure {

        private enum State {
            PENDING,
            COMMITTED,
            ROLLED_BACK
        }

        private final List<Envelope> messages;
        private volatile State state = State.PENDING;

        private Batch(List<Envelope> messages) {
            this.messages = messages;
        }

        @Override
        public void committed() {
            state = State.COMMITTED;
        }

        @Override
        public void rolledBack() {
            state = State.ROLLED_BACK;
        }
    }

    /** Adds a service: from now on it is given each message. */
    void join(InProcessParticipant participant) {
        participants.add(participant);
    }

    void leave(InProcessParticipant participant) {
        participants.remove(participant);
    }

    /** Takes a place in the queue for a transaction that is about to commit. */
    @Override
    public Departure prepare(List<Envelope> messages) {
        Batch batch = new Batch(messages);
        synchronized (queue) {
            queue.add(batch);
        }
        isQueued.set(true);
        return batch;
    }

    /**
     * Delivers what is due, and all that follows from it, and returns when that is done. Called from within a delivery
     * it returns at once, since the delivery goes on with what was added; so it does for a thread that has not published,
     * for which a handler may be waiting.
     */
    void deliver() {
        if (!isQueued.get() || delivering.isHeldByCurrentThread()) {
            return;
        }
        delivering.lock();
        try {
            for (Batch due = nextDue(); due != null; due = nextDue()) {
                due.messages.forEach(message -> participants.forEach(participant -> participant.receive(message)));
            }
        } finally {
            delivering.unlock();
            isQueued.remove();
        }
    }

    /** The next batch; none if its transaction has not ended: the thread that ends it will deliver. */
    private @Nullable Batch nextDue() {
        synchronized (queue) {
            while (!queue.isEmpty() && queue.peek().state != Batch.State.PENDING) {
                Batch batch = queue.remove();
                if (batch.state == Batch.State.COMMITTED) {
                    return batch;
                }
            }
            return null;
        }
    }
}
