package io.tidings.bus.handling;

import io.tidings.bus.deadletter.DeadLetters;
import io.tidings.bus.deadletter.ParkedKeys;
import io.tidings.bus.deadletter.ParkedMessage;
import io.tidings.bus.operations.BusMetrics;
import io.tidings.bus.operations.Pace;
import io.tidings.bus.publishing.DeadLetter;
import io.tidings.bus.publishing.DeadLetterSender;
import io.tidings.bus.publishing.Discard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes dead letters, and what waits behind them, through their handlers once more: the messages of a key in their old
 * order, each in a transaction of its own that also removes it from the table. What comes of the key meanwhile joins the
 * end, and is taken too; the key opens when the last has passed. A message that fails again stays, and its key with it.
 *
 * <p>Any number may redrive at once: who has locked a message handles it, and the others find it gone.
 */
public final class Redrive {

    private static final Logger log = LoggerFactory.getLogger(Redrive.class);
    private static final int KEYS_AT_ONCE = 100;

    private final String service;
    private final Recipients recipients;
    private final DeadLetters deadLetters;
    private final ParkedKeys parkedKeys;
    private final DeadLetterSender sender;
    private final FailureClassifier classifier;
    private final TransactionOperations transactions;
    private final Retries retries;
    private final Duration longest;
    private final BusMetrics metrics;

    /** What is to be redriven. */
    public sealed interface Target {

        /** One message, if it is the first of its key. */
        record Message(UUID id) implements Target {}

        /** All that waits of a key, on one topic or on all of them. */
        record Key(@Nullable String topic, String key) implements Target {}

        /** The keys whose first message is of a type, such as {@code OrderPlaced} or {@code io.tidings.OrderPlaced.v2}. */
        record Type(String type) implements Target {}

        /** Whatever waits. */
        record All() implements Target {}
    }

    /** What becomes of one message. */
    private enum Step {
        HANDLED,
        FAILED,
        NOTHING_THERE,
        TIME_IS_UP
    }

    /** What becomes of a dead letter that somebody wants to give up. */
    public enum Discarding {
        DISCARDED,
        NOT_THERE,
        BEING_REDRIVEN
    }

    public Redrive(
            String service,
            Recipients recipients,
            DeadLetters deadLetters,
            ParkedKeys parkedKeys,
            DeadLetterSender sender,
            FailureClassifier classifier,
            TransactionOperations transactions,
            Retries retries,
            Duration longest,
            BusMetrics metrics) {
        this.service = service;
        this.recipients = recipients;
        this.deadLetters = deadLetters;
        this.parkedKeys = parkedKeys;
        this.sender = sender;
        this.classifier = classifier;
        this.transactions = transactions;
        this.retries = retries;
        this.longest = longest;
        this.metrics = metrics;
    }

    /**
     * Redrives what can be in a limited time; what is left then waits to be asked for again.
     *
     * @throws MessageWaitsException if one message is asked for, and another of its key comes before it
     * @throws RuntimeException if infrastructure is away
     */
    public RedriveResult redrive(Target target) {
        RedriveCourse course = new RedriveCourse(Instant.now().plus(longest));
        switch (target) {
            case Target.Message(UUID id) -> redriveOne(id, course);
            case Target.Key key -> parkedKeys.named(key.topic(), key.key()).forEach(keyId -> redriveKey(keyId, course));
            case Target.Type(String type) -> redriveAll(type, course);
            case Target.All() -> redriveAll(null, course);
        }
        RedriveResult result = course.result();
        log.info(
                "Redrive of {}: {} messages were handled, {} failed again{}.",
                target,
                result.redriven(),
                result.failed(),
                result.finished() ? "" : ", and time was up before the rest");
        return result;
    }

    private void redriveOne(UUID id, RedriveCourse course) {
        Optional<ParkedMessage> wanted = deadLetters.find(id);
        if (wanted.isEmpty()) {
            return;
        }
        UUID keyId = wanted.get().keyId();
        if (keyId == null) {
            step(() -> deadLetters.lock(id), course);
            return;
        }
        Step step = step(
                () -> deadLetters.lockFirst(keyId).filter(first -> first.id().equals(id)), course);
        if (step == Step.NOTHING_THERE && deadLetters.find(id).isPresent()) {
            throw new MessageWaitsException(wanted.get().message());
        }
        open(keyId);
    }

    private void redriveAll(@Nullable String type, RedriveCourse course) {
        ParkedKeys.Place place = ParkedKeys.Place.FIRST;
        for (List<ParkedKeys.Place> keys = parkedKeys.after(place, type, KEYS_AT_ONCE);
                !keys.isEmpty() && course.goesOn();
                keys = parkedKeys.after(place, type, KEYS_AT_ONCE)) {
            keys.forEach(key -> redriveKey(key.keyId(), course));
            place = keys.getLast();
        }
        long position = 0;
        for (List<ParkedKeys.Keyless> messages = parkedKeys.keylessAfter(position, type, KEYS_AT_ONCE);
                !messages.isEmpty() && course.goesOn();
                messages = parkedKeys.keylessAfter(position, type, KEYS_AT_ONCE)) {
            messages.forEach(message -> step(() -> deadLetters.lock(message.id()), course));
            position = messages.getLast().position();
        }
    }

    private void redriveKey(UUID keyId, RedriveCourse course) {
        while (true) {
            switch (step(() -> deadLetters.lockFirst(keyId), course)) {
                case HANDLED -> {}
                case FAILED, TIME_IS_UP -> {
                    return;
                }
                case NOTHING_THERE -> {
                    if (open(keyId)) {
                        return;
                    }
                    // Another message joined while the last one was on its way.
                }
            }
        }
    }

    private boolean open(UUID keyId) {
        return inTransaction(() -> deadLetters.open(keyId));
    }

    /** Handles a message, if there is one, as often as it may be tried and time allows, but once at least if it does at first. */
    private Step step(Supplier<Optional<ParkedMessage>> locking, RedriveCourse course) {
        Pace pace = retries.pace();
        for (int attempt = 1; course.goesOn(); attempt++) {
            Attempt current = new Attempt();
            try {
                inTransaction(() -> current.make(locking));
                ParkedMessage handled = current.parked;
                if (handled == null) {
                    return Step.NOTHING_THERE;
                }
                metrics.redriven(recipients.typeOf(handled.message()));
                course.handled();
                return Step.HANDLED;
            } catch (RuntimeException failure) {
                ParkedMessage failed = current.parked;
                FailureKind kind = classifier.classify(failure);
                if (failed == null || kind == FailureKind.INFRASTRUCTURE) {
                    throw failure;
                }
                if (kind == FailureKind.PERMANENT || attempt >= retries.attempts() || !pauses(pace, course)) {
                    return failAgain(failed, failure, attempt, course);
                }
                pace = pace.slower();
            }
        }
        return Step.TIME_IS_UP;
    }

    /** False if no time is left for another attempt after the pause. */
    private static boolean pauses(Pace pace, RedriveCourse course) {
        Retries.pause(pace);
        return course.goesOn();
    }

    /** One transaction: the message's lock, its handlers, its removal. */
    private final class Attempt {

        private @Nullable ParkedMessage parked;

        Attempt make(Supplier<Optional<ParkedMessage>> locking) {
            locking.get().ifPresent(message -> {
                parked = message;
                recipients.receive(List.of(message.message()));
                deadLetters.remove(message.id());
            });
            return this;
        }
    }

    private Step failAgain(ParkedMessage parked, RuntimeException failure, int attempts, RedriveCourse course) {
        DeadLetter failed = new DeadLetter(parked.message(), service, failure, parked.attempts() + attempts);
        boolean stays = inTransaction(() -> {
            if (!deadLetters.failAgain(parked.id(), failed)) {
                return false;
            }
            sender.send(failed);
            return true;
        });
        if (!stays) {
            return Step.NOTHING_THERE; // somebody else redrove or discarded it in this moment
        }
        metrics.deadLettered(recipients.typeOf(parked.message()));
        log.error("{} failed again, at attempt {}: {}", parked.message(), failed.attempts(), failed.reason(), failure);
        course.failed(parked, failed);
        return Step.FAILED;
    }

    /**
     * Gives a dead letter up. What waits behind it waits on, until its key is redriven; the key opens if nothing does. Of
     * what may be personal nothing is kept but that it was there: an erasure that waits behind it will not come back to it.
     *
     * @param by who wants that
     * @param why in a sentence
     */
    public Discarding discard(UUID id, String by, String why) {
        Optional<ParkedMessage> discarded = inTransaction(() -> {
            Optional<ParkedMessage> locked = deadLetters.lockAtOnce(id);
            locked.ifPresent(message -> {
                deadLetters.discard(id, by, why);
                if (recipients.mayBePersonal(message.message())) {
                    deadLetters.empty(message);
                }
                sender.send(new Discard(message.message(), service, by, why));
                if (message.keyId() != null) {
                    deadLetters.open(message.keyId());
                }
            });
            return locked;
        });
        if (discarded.isEmpty()) {
            return deadLetters.find(id).isPresent() ? Discarding.BEING_REDRIVEN : Discarding.NOT_THERE;
        }
        metrics.discarded(recipients.typeOf(discarded.get().message()));
        log.warn("{} was discarded by {}: {}", discarded.get().message(), by, why);
        return Discarding.DISCARDED;
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(transaction -> work.get()));
    }
}
