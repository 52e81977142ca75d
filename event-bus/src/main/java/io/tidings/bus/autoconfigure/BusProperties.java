package io.tidings.bus.autoconfigure;

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
        @DefaultValue Admission admission) {

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
            @DefaultValue("1048576B") DataSize maximumSize) {}

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
            @DefaultValue("15s") Duration sendTimeout) {}

    /**
     * How messages are remembered, and requests with an {@code Idempotency-Key}.
     *
     * @param retention how long; longer than a broker keeps messages
     */
    public record Inbox(@DefaultValue("14d") Duration retention) {}

    /**
     * How messages are taken.
     *
     * @param concurrency consumers of this instance; more than the topics' partitions are idle
     * @param maximumBatch messages of one poll and one transaction, at most
     * @param rest between two polls, while messages gather: the first of a burst is heard at once, and those behind it
     *     come together. For who needs only the last of many
     */
    public record Consumer(
            @DefaultValue("1") int concurrency,
            @DefaultValue("2000") int maximumBatch,
            @DefaultValue("0ms") Duration rest) {}

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
            @DefaultValue("1m") Duration longestBatch) {}

    /**
     * How dead letters are redriven.
     *
     * @param longestRedrive how long one call goes on; the next call goes on with the rest
     */
    public record DeadLetters(@DefaultValue("5s") Duration longestRedrive) {}

    /**
     * How topics are created.
     *
     * @param partitions of a new topic
     */
    public record Topics(@DefaultValue("6") int partitions) {}

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
            @DefaultValue("100000") int waiting) {}
}
