package io.tidings.bus.handling;

import io.tidings.bus.deadletter.DeadLetters;
import io.tidings.bus.inbox.AlreadyNotedException;
import io.tidings.bus.inbox.Inbox;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.operations.BusMetrics;
import io.tidings.bus.operations.Pace;
import io.tidings.bus.publishing.DeadLetter;
import io.tidings.bus.publishing.DeadLetterSender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes messages through their handlers: a batch in one transaction, with the inbox's notes and the outbox's messages, so
 * that all of it happens or nothing. If it fails, each message is taken again in a transaction of its own, so that only
 * the guilty one suffers.
 *
 * <p>After {@link #process} returns, each message is done: handled, dropped as a duplicate, a dead letter, or parked
 * behind one of its key. If it throws, infrastructure is away or time is up, and the same messages must be given again.
 */
public final class BatchProcessor {

    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

    private final String service;
    private final Recipients recipients;
    private final Arrivals arrivals;
    private final DeadLetters deadLetters;
    private final DeadLetterSender sender;
    private final FailureClassifier classifier;
    private final TransactionOperations transactions;
    private final Retries retries;
    private final BusMetrics metrics;

    /** Attempts at messages whose batch was not finished in time; they count when the batch comes again. */
    private final Map<UUID, Integer> unfinished = new ConcurrentHashMap<>();

    public BatchProcessor(
            String service,
            Recipients recipients,
            Arrivals arrivals,
            DeadLetters deadLetters,
            DeadLetterSender sender,
            FailureClassifier classifier,
            TransactionOperations transactions,
            Retries retries,
            BusMetrics metrics) {
        this.service = service;
        this.recipients = recipients;
        this.arrivals = arrivals;
        this.deadLetters = deadLetters;
        this.sender = sender;
        this.classifier = classifier;
        this.transactions = transactions;
        this.retries = retries;
        this.metrics = metrics;
    }

    /** The topics on which messages are told that concern this service. */
    public Set<String> topics() {
        return recipients.topics();
    }

    /** @throws RuntimeException if infrastructure is away, or time is up */
    public void process(List<Envelope> messages) {
        List<Envelope> ours = messages.stream().filter(recipients::want).toList();
        processOurs(ours);
        metrics.skipped(messages.size() - ours.size());
    }

    private void processOurs(List<Envelope> ours) {
        if (ours.isEmpty()) {
            return;
        }
        if (ours.size() == 1) {
            processAlone(ours.getFirst(), deadline());
            return;
        }
        try {
            handleTogether(ours);
        } catch (RuntimeException failure) {
            if (classifier.classify(failure) == FailureKind.INFRASTRUCTURE) {
                throw failure;
            }
            log.info(
                    "A batch of {} is taken again one by one, because one failed: {}", ours.size(), failure.toString());
            Instant deadline = deadline();
            ours.forEach(message -> processAlone(message, deadline));
        }
    }

    private Instant deadline() {
        return Instant.now().plus(retries.longestBatch());
    }

    /** Messages come for the first time, but for a few behind a rebalance or a crash. */
    private void handleTogether(List<Envelope> messages) {
        try {
            handle(messages, arrivals::acceptNews);
        } catch (AlreadyNotedException known) {
            handle(messages, arrivals::accept);
        }
    }

    private void handle(List<Envelope> messages, Function<List<Envelope>, Inbox.Arrival> note) {
        Handled handled = inTransaction(() -> {
            Inbox.Arrival arrival = note.apply(messages);
            // A key that was open at this look stays so: only its consumer parks it, and that is us. Had there been
            // another one, left from before a rebalance, we would have waited for its note of the message, and looked
            // after that.
            List<Envelope> free = arrival.someKeyIsParked() ? deadLetters.holdBack(arrival.fresh()) : arrival.fresh();
            recipients.receive(free);
            return new Handled(free, arrival.fresh().size());
        });
        handled.messages().forEach(message -> metrics.handled(recipients.typeOf(message), message.time()));
        metrics.duplicates(messages.size() - handled.fresh());
    }

    /**
     * What came of some messages.
     *
     * @param messages those that were handled
     * @param fresh how many were no duplicates; those that were not handled wait behind a dead letter
     */
    private record Handled(List<Envelope> messages, int fresh) {}

    private void processAlone(Envelope message, Instant deadline) {
        Pace pace = retries.pace();
        for (int attempt = 1 + unfinished.getOrDefault(message.id(), 0); ; attempt++) {
            try {
                handle(List.of(message), arrivals::accept);
                unfinished.remove(message.id());
                return;
            } catch (RuntimeException failure) {
                FailureKind kind = classifier.classify(failure);
                if (kind == FailureKind.INFRASTRUCTURE) {
                    throw failure;
                }
                if (kind == FailureKind.PERMANENT || attempt >= retries.attempts()) {
                    bury(message, failure, attempt);
                    unfinished.remove(message.id());
                    return;
                }
                if (Instant.now().isAfter(deadline)) {
                    unfinished.put(message.id(), attempt);
                    throw new BatchUnfinishedException(failure);
                }
                log.info("Attempt {} at {} failed and is made again: {}", attempt, message, failure.toString());
                Retries.pause(pace);
                pace = pace.slower();
            }
        }
    }

    /**
     * Moves on without the message: its note in the inbox, its place among the dead letters, which parks its key, and the
     * copy that tells of it are one transaction.
     */
    private void bury(Envelope message, RuntimeException failure, int attempts) {
        Optional<DeadLetter> parked = inTransaction(() -> {
            Optional<DeadLetter> deadLetter = arrivals.accept(List.of(message)).fresh().stream()
                    .findFirst()
                    .map(news -> new DeadLetter(news, service, failure, attempts));
            deadLetter.ifPresent(deadLetters::add);
            deadLetter.ifPresent(sender::send);
            return deadLetter;
        });
        if (parked.isEmpty()) {
            return; // another consumer of the group had it before us, and had better luck or parked it
        }
        metrics.deadLettered(recipients.typeOf(message));
        log.error(
                "{} became a dead letter at attempt {}, and what follows of its key waits behind it; mend the cause, and"
                        + " then redrive or discard it (POST /dead-letters/redrive, DELETE /dead-letters/...): {}",
                message,
                attempts,
                parked.get().reason(),
                failure);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(transaction -> work.get()));
    }
}
