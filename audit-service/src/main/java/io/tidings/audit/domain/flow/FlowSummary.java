package io.tidings.audit.domain.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A flow in short.
 *
 * @param firstEventId by which flows are sorted; of UUIDv7, so by time
 * @param lastMessage the name of the message that was published last
 * @param undertakings what it began and must bring to an end
 */
public record FlowSummary(
        String correlationId,
        FlowState state,
        UUID firstEventId,
        Instant startedAt,
        Instant lastAt,
        String lastMessage,
        long messages,
        long deadLetters,
        List<Undertaking> undertakings) {

    /** From its first message to its last. */
    public Duration duration() {
        return Duration.between(startedAt, lastAt);
    }
}
