package io.tidings.bus.deadletter;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it stands in the table, but for its content.
 *
 * @param position among all dead letters, by age
 * @param id of the dead letter
 * @param messageId of the message
 * @param topic where the message came from
 * @param key of the message; empty if it has none
 * @param type of the message, as it is called on the wire; empty if it does not say
 * @param size of its content, in bytes
 * @param attempts how often it was tried; none if it only waits
 * @param failure of the last attempt; null if there was none
 * @param discard who gave it up; null if nobody did
 */
public record DeadLetterEntry(
        long position,
        UUID id,
        DeadLetterState state,
        UUID messageId,
        String topic,
        String key,
        String type,
        long size,
        Instant parkedAt,
        int attempts,
        @Nullable Failure failure,
        @Nullable Discarded discard) {

    /**
     * @param reason in a sentence
     * @param exception its class
     */
    public record Failure(Instant at, String reason, String exception) {}

    /**
     * @param by who
     * @param why in a sentence
     * @param emptied whether nothing is left of what was in it, because it may have said something of a person
     */
    public record Discarded(Instant at, String by, String why, boolean emptied) {}
}
