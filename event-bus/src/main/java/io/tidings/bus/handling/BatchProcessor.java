package io.tidings.bus.handling;

import io.tidings.bus.MessageRecorder;
import io.tidings.bus.inbox.Inbox;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.operations.BusMetrics;
import io.tidings.bus.operations.Pace;
import io.tidings.bus.publishing.DeadLetter;
import io.tidings.bus.publishing.DeadLetterSender;
import io.tidings.events.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes messages through their handlers: a batch in one transaction, with the inbox's notes and the outbox's messages, so
 * that all of it happens or nothing. If it fails, each message is taken again in a transaction of its own, so that only
 * the guilty one suffers.
 *
 * <p>After {@link #process} returns, each message is done: handled, dropped as a duplicate, or a dead letter. If it
 * throws, infrastructure is away or time is up, and the same messages must be given again.
 */
public final class BatchProcessor {

    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

    private final String service;
    private final Deliveries deliveries;
    private final HandlerRegistry registry;
    private final List<MessageRecorder> recorders;
    private final Inbox inbox;
    private final DeadLetterSender deadLetters;
    private final FailureClassifier classifier;
    private final TransactionOperations transactions;
    private final Retries retries;
    private final BusMetrics metrics;

    /** Attempts at messages whose batch was not finished in time; they count when the batch comes again. */
    private final Map<UUID, Integer> unfinished = new ConcurrentHashMap<>();

    /**
     * @param attempts how often a message is tried, at most
     * @param firstPause after the first failure; the others are longer
     * @param longestPause between two attempts
     * @param longestBatch when a batch that is still being tried is put back, to be given again: a consumer that does not
     *     ask for more in time (five minutes, by Kafka's default) loses its partitions
     */
    public record Retries(int attempts, Duration firstPause, Duration longestPause, Duration longestBatch) {

        Pace pace() {
            return new Pace(firstPause, longestPause);
        }
    }

    public BatchProcessor(
            String service,
            HandlerRegistry registry,
            MessageCodec codec,
            List<MessageRecorder> recorders,
            Inbox inbox,
            DeadLetterSender deadLetters,
            FailureClassifier classifier,
            TransactionOperations transactions,
            Retries retries,
            BusMetrics metrics) {
        this.service = service;
        this.deliveries = new Deliveries(registry, codec);
        this.registry = registry;
        this.recorders = List.copyOf(recorders);
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.classifier = classifier;
        this.transactions = transactions;
        this.retries = retries;
        this.metrics = metrics;
    }

    /** The topics on which messages are told that concern this service. */
    public Set<String> topics() {
        return Stream.concat(
                        registry.handledTypes().stream().map(MessageType::topic),
                        recorders.stream().flatMap(recorder -> recorder.topics().stream()))
                .collect(Collectors.toSet());
    }

    /** @throws RuntimeException if infrastructure is away, or time is up */
    public void process(List<Envelope> messages) {
        List<Envelope> ours = messages.stream().filter(this::concernsUs).toList();
        metrics.skipped(messages.size() - ours.size());
        if (ours.isEmpty()) {
            return;
        }
        if (ours.size() == 1) {
            processAlone(ours.getFirst(), deadline());
            return;
        }
        try {
            handle(ours);
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

    private boolean concernsUs(Envelope message) {
        return isRecorded(message) || deliveries.concern(message);
    }

    private boolean isRecorded(Envelope message) {
        return recorders.stream().anyMatch(recorder -> recorder.topics().contains(message.topic()));
    }

    private void handle(List<Envelope> messages) {
        List<Envelope> handled = inTransaction(() -> {
            List<Envelope> fresh = inbox.accept(messages);
            record(fresh);
            List<Delivery> batch =
                    fresh.stream().map(this::open).flatMap(Optional::stream).toList();
            registry.prepare(batch);
            batch.forEach(Delivery::handle);
            return fresh;
        });
        handled.forEach(message -> metrics.handled(deliveries.typeOf(message), message.time()));
        metrics.duplicates(messages.size() - handled.size());
    }

    private void record(List<Envelope> messages) {
        for (MessageRecorder recorder : recorders) {
            List<Envelope> recorded = messages.stream()
                    .filter(message -> recorder.topics().contains(message.topic()))
                    .toList();
            if (!recorded.isEmpty()) {
                recorder.record(recorded);
            }
        }
    }

    /** What is recorded as it came need not be readable. */
    private Optional<Delivery> open(Envelope message) {
        return isRecorded(message) && !deliveries.isReadable(message) ? Optional.empty() : deliveries.of(message);
    }

    private void processAlone(Envelope message, Instant deadline) {
        Pace pace = retries.pace();
        for (int attempt = 1 + unfinished.getOrDefault(message.id(), 0); ; attempt++) {
            try {
                handle(List.of(message));
                unfinished.remove(message.id());
                return;
            } catch (RuntimeException failure) {
                FailureKind kind = classifier.classify(failure);
                if (kind == FailureKind.INFRASTRUCTURE) {
                    throw failure;
                }
                if (kind == FailureKind.PERMANENT || attempt >= retries.attempts()) {
                    bury(new DeadLetter(message, service, failure, attempt));
                    unfinished.remove(message.id());
                    return;
                }
                if (Instant.now().isAfter(deadline)) {
                    unfinished.put(message.id(), attempt);
                    throw new BatchUnfinishedException(failure);
                }
                log.info("Attempt {} at {} failed and is made again: {}", attempt, message, failure.toString());
                pause(pace);
                pace = pace.slower();
            }
        }
    }

    /** Moves on without the message: its note in the inbox and its copy among the dead letters are one transaction. */
    private void bury(DeadLetter deadLetter) {
        inTransaction(() -> {
            inbox.accept(List.of(deadLetter.message()));
            deadLetters.send(deadLetter);
            return deadLetter;
        });
        metrics.deadLettered(deliveries.typeOf(deadLetter.message()));
        log.error(
                "{} became a dead letter at attempt {}; mend the cause, and find it on topic {}: {}",
                deadLetter.message(),
                deadLetter.attempts(),
                DeadLetter.topicOf(service),
                deadLetter.reason(),
                deadLetter.failure());
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(transaction -> work.get()));
    }

    private static void pause(Pace pace) {
        try {
            Thread.sleep(pace.pause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BatchUnfinishedException(stopped);
        }
    }
}
