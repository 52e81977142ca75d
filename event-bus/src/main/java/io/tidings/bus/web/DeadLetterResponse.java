package io.tidings.bus.web;

import io.tidings.bus.deadletter.DeadLetterEntry;
import io.tidings.bus.deadletter.DeadLetterState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in a list.
 *
 * @param messageId the {@code ce_id} of the message
 * @param key null if the message has none
 * @param type null if the message does not say
 * @param size of its content, in bytes
 * @param failure of the last attempt; null if it waits behind another and was not tried
 * @param discarded null if nobody gave it up
 */
record DeadLetterResponse(
        UUID id,
        DeadLetterState state,
        UUID messageId,
        String topic,
        @Nullable String key,
        @Nullable String type,
        long size,
        Instant parkedAt,
        int attempts,
        DeadLetterEntry.@Nullable Failure failure,
        DeadLetterEntry.@Nullable Discarded discarded) {

    static DeadLetterResponse of(DeadLetterEntry entry) {
        return new DeadLetterResponse(
                entry.id(),
                entry.state(),
                entry.messageId(),
                entry.topic(),
                orNull(entry.key()),
                orNull(entry.type()),
                entry.size(),
                entry.parkedAt(),
                entry.attempts(),
                entry.failure(),
                entry.discard());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
