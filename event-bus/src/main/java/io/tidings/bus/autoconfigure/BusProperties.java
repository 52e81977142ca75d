package io.tidings.bus.autoconfigure;

import io.tidings.bus.Settings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set of the bus, under {@code tidings}.
 *
 * @param bus how messages travel
 * @param messages how they look
 * @param outbox how they leave
 * @param inbox how they are remembered
 * @param consumer how they are taken
 * @param retry how a message is tried again before it becomes a dead letter
 * @param deadLetters how they are redriven
 * @param topics how topics are created
 * @param admission how much is taken on at once
 * @param sharedTransactions how many requests share a transaction
 */
@ConfigurationProperties("tidings")
public record BusProperties(
        @DefaultValue("kafka") Bus bus,
        @DefaultValue Messages messages,
        @DefaultValue Outbox outbox,
        @DefaultValue Inbox inbox,
        @DefaultValue Consumer consumer,
        @DefaultValue Retry retry,
        @DefaultValue DeadLetters deadLetters,
        @DefaultValue Topics topics,
        @DefaultValue Admission admission,
        @DefaultValue SharedTransactions sharedTransactions) {

    private static final Settings SETTINGS = new Settings("tidings");
    /** Headers and framing have half of it. */
    private static final DataSize SMALLEST_MAXIMUM = DataSize.ofKilobytes(64);
    /** The producer gathers for some milliseconds of it. */
    private static final Duration SHORTEST_SEND_TIMEOUT = Duration.ofMillis(100);

    /** How messages travel. */
    public enum Bus {
        /** Between processes, and kept. */
        KAFKA,
        /** Within this process, right after the commit, and not kept. */
        IN_PROCESS
    }

    /**
     * How messages look.
     *
     * @param namespace what comes before the name in the type of a CloudEvent
     * @param maximumSize what the broker takes at most; larger messages are refused when they are published
     */
    public record Messages(
            @DefaultValue("io.tidings") String namespace,
            @DefaultValue("1048576B") DataSize maximumSize) {

        /** @throws IllegalArgumentException if no message could be told like that */
        public Messages {
            SETTINGS.require(!namespace.isBlank(), "messages.namespace", "a name such as io.tidings", "blank");
            SETTINGS.requireAtLeast(SMALLEST_MAXIMUM, "messages.maximum-size", maximumSize);
        }
    }

    /**
     * How messages leave.
     *
     * @param batchSize messages that the relay sends at once, at most
     * @param wake whether a commit wakes the relay. Without it a message waits for the relay's next look, as in most
     *     outboxes: for comparison
     * @param pollInterval how long the relay sleeps if nobody wakes it
     * @param holdKeyFor how long a key waits when the broker first refuses one of its messages, or gives it no answer while
     *     it answers others
     * @param sendTimeout how long the relay waits for the broker's acknowledgements
     */
    public record Outbox(
            @DefaultValue("1000") int batchSize,
            @DefaultValue("true") boolean wake,
            @DefaultValue("1s") Duration pollInterval,
            @DefaultValue("1s") Duration holdKeyFor,
            @DefaultValue("15s") Duration sendTimeout) {

        /** @throws IllegalArgumentException if no message could leave like that */
        public Outbox {
            SETTINGS.requireAtLeast(1, "outbox.batch-size", batchSize);
            SETTINGS.requirePositive("outbox.poll-interval", pollInterval);
            SETTINGS.requirePositive("outbox.hold-key-for", holdKeyFor);
            SETTINGS.requireAtLeast(SHORTEST_SEND_TIMEOUT, "outbox.send-timeout", sendTimeout);
        }
    }

    /**
     * How messages are remembered, and requests with an {@code Idempotency-Key}.
     *
     * @param retention how long; longer than a broker keeps messages
     */
    public record Inbox(@DefaultValue("14d") Duration retention) {

        /** @throws IllegalArgumentException if nothing would be remembered like that */
        public Inbox {
            SETTINGS.requirePositive("inbox.retention", retention);
        }
    }

    /**
     * How messages are taken.
     *
     * @param concurrency consumers of this instance; more than the topics' partitions are idle
     * @param maximumBatch messages of one poll and one transaction, at most
     * @param rest behind each batch, while messages gather: the first of a burst is heard at once, and those behind it
     *     come together, but for what was fetched ahead. For who needs only the last of many
     */
    public record Consumer(
            @DefaultValue("1") int concurrency,
            @DefaultValue("2000") int maximumBatch,
            @DefaultValue("0ms") Duration rest) {

        /** @throws IllegalArgumentException if no message could be taken like that */
        public Consumer {
            SETTINGS.requireAtLeast(1, "consumer.concurrency", concurrency);
            SETTINGS.requireAtLeast(1, "consumer.maximum-batch", maximumBatch);
            SETTINGS.requireNotNegative("consumer.rest", rest);
        }
    }

    /**
     * How a message is tried again.
     *
     * @param attempts at most
     * @param firstPause after the first failure; each further one is twice as long
     * @param longestPause between two attempts
     * @param longestBatch how long a batch is tried before the consumer asks for it again; attempts count on
     */
    public record Retry(
            @DefaultValue("5") int attempts,
            @DefaultValue("100ms") Duration firstPause,
            @DefaultValue("5s") Duration longestPause,
            @DefaultValue("1m") Duration longestBatch) {

        /** @throws IllegalArgumentException if no message could be tried like that */
        public Retry {
            SETTINGS.requireAtLeast(1, "retry.attempts", attempts);
            SETTINGS.requirePositive("retry.first-pause", firstPause);
            SETTINGS.requireAsLongAs("first-pause", firstPause, "retry.longest-pause", longestPause);
            SETTINGS.requirePositive("retry.longest-batch", longestBatch);
        }
    }

    /**
     * How dead letters are redriven.
     *
     * @param longestRedrive how long one call goes on; the next call goes on with the rest
     */
    public record DeadLetters(@DefaultValue("5s") Duration longestRedrive) {

        /** @throws IllegalArgumentException if nothing could be redriven like that */
        public DeadLetters {
            SETTINGS.requirePositive("dead-letters.longest-redrive", longestRedrive);
        }
    }

    /**
     * How topics are created.
     *
     * @param partitions of a new topic
     */
    public record Topics(@DefaultValue("6") int partitions) {

        /** @throws IllegalArgumentException if no topic could be made like that */
        public Topics {
            SETTINGS.requireAtLeast(1, "topics.partitions", partitions);
        }
    }

    /**
     * How much is taken on at once. What would begin more is refused while there is more than that.
     *
     * @param requests that are answered at the same time, at most
     * @param leastRequests that are answered at the same time however long it takes
     * @param answerWithin while answers take longer than this, fewer requests are let in; while they do not, more
     * @param waiting messages in the outbox
     */
    public record Admission(
            @DefaultValue("100") int requests,
            @DefaultValue("8") int leastRequests,
            @DefaultValue("250ms") Duration answerWithin,
            @DefaultValue("100000") int waiting) {

        /** @throws IllegalArgumentException if nothing would be let in like that */
        public Admission {
            SETTINGS.requireAtLeast(1, "admission.requests", requests);
            SETTINGS.requireAtLeast(1, "admission.least-requests", leastRequests);
            SETTINGS.requirePositive("admission.answer-within", answerWithin);
            SETTINGS.requireAtLeast(1, "admission.waiting", waiting);
        }
    }

    /**
     * How many requests share a transaction, where a service lets them.
     *
     * @param concurrency such transactions at the same time, at most, for a kind of requests; those that come meanwhile share
     *     the next one
     * @param maximumBatch requests of one transaction, at most; with 1 each has its own at once
     * @param rest behind the beginning of one that several share, while more gather
     */
    public record SharedTransactions(
            @DefaultValue("2") int concurrency,
            @DefaultValue("100") int maximumBatch,
            @DefaultValue("20ms") Duration rest) {

        /** @throws IllegalArgumentException if no request would be answered like that */
        public SharedTransactions {
            SETTINGS.requireAtLeast(1, "shared-transactions.concurrency", concurrency);
            SETTINGS.requireAtLeast(1, "shared-transactions.maximum-batch", maximumBatch);
            SETTINGS.requireNotNegative("shared-transactions.rest", rest);
        }
    }
}
