package io.tidings.bus.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that the broker refuses. It is tried again and again, and nothing of its key overtakes it.
 *
 * @param position its place in the outbox
 * @param messageId its {@code ce_id}
 * @param size of its content, in bytes
 * @param since when it was first refused
 * @param refusals how often it was
 * @param reason of the last refusal
 * @param behind messages of its key that wait behind it
 */
public record RefusedMessage(
        long position,
        UUID messageId,
        String topic,
        String key,
        String type,
        long size,
        Instant publishedAt,
        Instant since,
        int refusals,
        String reason,
        long behind) {}
