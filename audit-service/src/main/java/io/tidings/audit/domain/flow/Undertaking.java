package io.tidings.audit.domain.flow;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a flow began and must bring to an end.
 *
 * @param key what it is about, such as an order's id
 * @param endedAt when its last obligation was met, as far as it was; null if none was
 * @param outcome the name of the message that ended it; null if none did
 * @param open what is still to be met; empty if it is over
 */
public record Undertaking(
        String key,
        String correlationId,
        Instant begunAt,
        @Nullable Instant endedAt,
        @Nullable String outcome,
        Set<Obligation> open) {

    /** @param stalledSince whoever began before that and has not ended stands still */
    FlowState state(Instant stalledSince) {
        if (open.isEmpty()) {
            return FlowState.DONE;
        }
        return begunAt.isAfter(stalledSince) ? FlowState.RUNNING : FlowState.STALLED;
    }
}
