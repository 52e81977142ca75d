package io.tidings.email.sending;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Pace;
import io.tidings.email.domain.Courier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes mails that are due and gives each to a worker. Sleeps until one is posted or becomes due; polls seldom, in case
 * another instance has died.
 *
 * <p>A mail is sent once, unless this process dies, or loses the mail server, between the server's taking it and the
 * database's noting it.
 */
@Component
class Dispatcher implements Courier, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final String ACTIVITY = "mail dispatcher";
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** How long free workers wait for others while many mails are due: so several are taken with one statement. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    private final DueEmails emails;
    private final Postman postman;
    private final Settlement settlement;
    private final Reachability reachability;
    private final BusStatus status;
    private final SendingProperties properties;

    private final Semaphore signal = new Semaphore(0);
    private final Semaphore freeWorkers;
    private final Set<UUID> inHand = ConcurrentHashMap.newKeySet();
    /** Whether the last look found more than there were workers for; only the dispatcher's own thread asks. */
    private boolean manyAreDue;

    private volatile boolean running;
    private @Nullable Thread thread;
    private @Nullable ExecutorService workers;

    Dispatcher(
            DueEmails emails,
            Postman postman,
            Settlement settlement,
            Reachability reachability,
            BusStatus status,
            SendingProperties properties) {
        this.emails = emails;
        this.postman = postman;
        this.settlement = settlement;
        this.reachability = reachability;
        this.status = status;
        this.properties = properties;
        this.freeWorkers = new Semaphore(properties.workers());
    }

    @Override
    public void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private void work(ExecutorService workers) {
        Pace pace = Pace.ofInfrastructure();
        try {
            while (running) {
                try {
                    Duration idle = dispatch(workers);
                    status.working(ACTIVITY);
                    pace = Pace.ofInfrastructure();
                    sleepUntilWoken(idle);
                } catch (RuntimeException failure) {
                    status.waiting(ACTIVITY, failure);
                    Thread.sleep(pace.pause());
                    pace = pace.slower();
                }
            }
        } catch (InterruptedException stopped) {
            // by stop()
        }
    }

    /**
     * Gives what is due to workers that are free; while user-service is away, what is for the operators. Returns how long
     * nothing else will be due.
     */
    private Duration dispatch(ExecutorService workers) throws InterruptedException {
        Duration closed = reachability.pause();
        if (closed.isPositive()) {
            return closed;
        }
        int free = awaitFreeWorkers();
        Duration closedForUsers = reachability.pauseForUsers();
        boolean toUsers = !closedForUsers.isPositive();
        List<DueEmail> due = List.of();
        try {
            due = emails.take(free, properties.lease(), inHand, toUsers);
        } finally {
            freeWorkers.release(free - due.size());
        }
        Addressees addressees = postman.addresseesOf(due);
        for (DueEmail email : due) {
            inHand.add(email.id());
            workers.execute(() -> deliver(email, addressees));
        }
        manyAreDue = due.size() == free;
        if (manyAreDue) {
            return Duration.ZERO;
        }
        Duration longest = toUsers ? properties.pollInterval() : shorter(closedForUsers, properties.pollInterval());
        boolean allSettled = inHand.isEmpty(); // before it is asked what else there is: what is given back counts too
        Optional<Duration> next = emails.untilNext(inHand, toUsers);
        if (allSettled && toUsers && next.isEmpty()) {
            reachability.nothingWaits();
        }
        return next.map(pause -> shorter(pause, longest)).orElse(longest);
    }

    /** Takes all workers that are free, of which there is at least one; returns how many. */
    private int awaitFreeWorkers() throws InterruptedException {
        freeWorkers.acquire();
        int free = 1 + freeWorkers.drainPermits();
        int lacking = properties.workers() / 2 - free;
        if (manyAreDue && lacking > 0 && freeWorkers.tryAcquire(lacking, GATHERING.toMillis(), TimeUnit.MILLISECONDS)) {
            free += lacking;
        }
        return free + freeWorkers.drainPermits();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void deliver(DueEmail email, Addressees addressees) {
        boolean changesWhatIsDue = true;
        try {
            Attempt attempt = postman.attempt(email, addressees);
            boolean reachedAgain = reachability.learn(email, attempt);
            settle(email, attempt);
            changesWhatIsDue = reachedAgain || !(attempt.outcome() instanceof Outcome.Sent);
        } catch (InterruptedException stopped) {
            log.warn(
                    "What became of mail {} could not be noted before the end; it is tried again, and may come twice.",
                    email.id());
        } finally {
            inHand.remove(email.id());
            freeWorkers.release();
            if (changesWhatIsDue || inHand.isEmpty()) {
                wake();
            }
        }
    }

    /** As long as it takes: a mail that was sent and not noted would be sent again. */
    private void settle(DueEmail email, Attempt attempt) throws InterruptedException {
        Pace pace = Pace.ofInfrastructure();
        while (true) {
            try {
                settlement.settle(email, attempt);
                return;
            } catch (RuntimeException failure) {
                log.info(
                        "The end of mail {} could not be noted and is noted again: {}", email.id(), failure.toString());
                Thread.sleep(pace.pause());
                pace = pace.slower();
            }
        }
    }

    private void sleepUntilWoken(Duration atMost) throws InterruptedException {
        signal.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        signal.drainPermits();
    }

    @Override
    public void start() {
        ExecutorService started = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("mail-worker-", 0).factory());
        workers = started;
        running = true;
        thread = Thread.ofPlatform().name("mail-dispatcher").daemon().start(() -> work(started));
    }

    /** Ends when the mails in hand have been sent, or have had time enough. */
    @Override
    public void stop() {
        Thread dispatching = thread;
        ExecutorService working = workers;
        running = false;
        if (dispatching == null || working == null) {
            return;
        }
        dispatching.interrupt();
        wake();
        try {
            dispatching.join();
            working.shutdown();
            if (!working.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                working.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            working.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
