package io.tidings.bus.outbox;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what waits in the outbox, and removes what the broker acknowledged.
 *
 * <p>A round is a short transaction: take the relay's row lock, so that of all instances of the service one relays at a
 * time and a crashed one is replaced, at once if its connection breaks; read a batch; send it; delete what was acknowledged, and read on if there
 * is more. A crash in between sends messages twice and loses none. A key whose message fails is held back until it is
 * tried again, so that nothing of that key overtakes, and others find room in the batch.
 *
 * <p>The relay is woken within the process after each commit. That {@code NOTIFY} is not used for it is on purpose: it
 * takes a lock that all commits of the database share.
 */
public final class OutboxRelay implements SmartLifecycle {

    private static final String ACTIVITY = "relay";
    private static final Duration GATHERING_FOR_EACH = Duration.ofNanos(200_000);
    private static final Duration LONGEST_GATHERING = Duration.ofMillis(25);
    /** What a round deletes can't be cleaned up before it ends, and is passed over each time it reads on. */
    private static final Duration LONGEST_ROUND = Duration.ofMillis(50);

    private final Outbox outbox;
    private final Broker broker;
    private final TransactionOperations transactions;
    private final BusStatus status;
    private final Settings settings;
    private final Semaphore signal = new Semaphore(0);
    private final HeldKeys heldKeys;
    private @Nullable Thread thread;
    private volatile boolean running;

    /**
     * @param batchSize messages that are sent at once, at most
     * @param pollInterval how long the relay sleeps if nobody wakes it
     * @param holdKeyFor how long a key is held back after its first refusal
     */
    public record Settings(int batchSize, Duration pollInterval, Duration holdKeyFor) {}

    /**
     * What one round did.
     *
     * @param gathering how long the next messages may gather
     * @param more whether it is worth while to look again at once
     * @param unreachable why some of them got no answer from the broker
     */
    private record Round(Duration gathering, boolean more, Optional<Exception> unreachable) {}

    public OutboxRelay(
            Outbox outbox, Broker broker, TransactionOperations transactions, BusStatus status, Settings settings) {
        this.outbox = outbox;
        this.broker = broker;
        this.transactions = transactions;
        this.status = status;
        this.settings = settings;
        this.heldKeys = new HeldKeys(settings);
    }

    /** Says that there is something to send. Returns at once. */
    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private void work() {
        Pace pace = Pace.ofInfrastructure();
        while (running) {
            try {
                Round round = relay();
                if (round.unreachable().isPresent()) {
                    throw new BrokerUnreachableException(round.unreachable().get());
                }
                status.working(ACTIVITY);
                pace = Pace.ofInfrastructure();
                if (!round.more()) {
                    waitFor(round.gathering());
                    sleepUntilWoken(settings.pollInterval());
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | Error failure) {
                if (running) {
                    status.waiting(ACTIVITY, failure);
                    waitFor(pace.pause());
                    pace = pace.slower();
                }
            }
        }
    }

    /**
     * How long the next messages gather. A round costs the database and the broker nearly the same whatever is in it, so
     * under load a few large ones leave more of both for those who publish. A message that comes alone waits for none.
     */
    private static Duration gatheringAfter(int messages) {
        Duration gathering = GATHERING_FOR_EACH.multipliedBy(Math.max(0, messages - 1));
        return gathering.compareTo(LONGEST_GATHERING) < 0 ? gathering : LONGEST_GATHERING;
    }

    /**
     * Messages that are committed meanwhile belong to the round too: a look of its own would be a round trip more, and a
     * commit. If none are, what was sent is removed together with the commit.
     */
    private Round relay() {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            Instant end = Instant.now().plus(LONGEST_ROUND);
            HeldKeys.Restraint restraint = heldKeys.restraintAt(Instant.now());
            List<OutboxMessage> batch = outbox.oldest(settings.batchSize(), restraint.held());
            heldKeys.forgetAbsent(restraint, batch);
            while (!batch.isEmpty()) {
                Broker.Receipt receipt = broker.send(batch);
                heldKeys.holdOrRelease(batch, receipt);
                boolean allTaken = receipt.acknowledged().size() == batch.size();
                boolean inTime = running && Instant.now().isBefore(end);
                Duration gathering = gatheringAfter(batch.size());
                if (allTaken && inTime) {
                    waitFor(gathering);
                    gathering = Duration.ZERO;
                }
                boolean moreCame = isFull(batch) || signal.availablePermits() > 0;
                if (!allTaken || !inTime || !moreCame) {
                    settle(receipt);
                    boolean othersMayBeTried =
                            allTaken && !restraint.triedAgain().isEmpty();
                    return new Round(gathering, isFull(batch) || othersMayBeTried, receipt.unreachable());
                }
                signal.drainPermits(); // what it stands for is committed, and seen by the next look
                restraint = heldKeys.restraintAt(Instant.now());
                batch = outbox.removeAndReadOn(receipt.acknowledged(), settings.batchSize(), restraint.held());
                heldKeys.forgetAbsent(restraint, batch);
            }
            return new Round(Duration.ZERO, !restraint.triedAgain().isEmpty(), Optional.empty());
        }));
    }

    private boolean isFull(List<OutboxMessage> batch) {
        return batch.size() == settings.batchSize()
                || batch.stream()
                                .mapToLong(message -> message.envelope().payload().length)
                                .sum()
                        >= Outbox.BYTES_AT_ONCE;
    }

    private void settle(Broker.Receipt receipt) {
        outbox.remove(receipt.acknowledged());
        if (!receipt.refused().isEmpty()) {
            outbox.refused(receipt.refused());
        }
    }

    private void sleepUntilWoken(Duration atMost) throws InterruptedException {
        signal.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        signal.drainPermits();
    }

    private void waitFor(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::work);
    }

    /** Ends after the round under way; what is left in the outbox is sent after the next start, or by another instance. */
    @Override
    public void stop() {
        running = false;
        wake();
        Thread relay = thread;
        if (relay != null) {
            try {
                if (!relay.join(Duration.ofSeconds(5))) {
                    relay.interrupt();
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
        broker.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before, and stops after, everything that publishes. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 2_000;
    }
}
