package io.tidings.audit.api;

import io.tidings.audit.domain.flow.FlowSummary;
import io.tidings.audit.domain.flow.Obligation;
import io.tidings.audit.domain.flow.Undertaking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flow in short. All times are those of the publishers' clocks.
 *
 * @param state {@code running}, {@code stalled} or {@code done}
 * @param durationMillis from its first message to its last
 */
record FlowSummaryResponse(
        String correlationId,
        String state,
        Instant startedAt,
        Instant lastAt,
        double durationMillis,
        String lastMessage,
        long messages,
        long deadLetters,
        List<UndertakingResponse> undertakings) {

    static FlowSummaryResponse of(FlowSummary summary) {
        return new FlowSummaryResponse(
                summary.correlationId(),
                summary.state().word(),
                summary.startedAt(),
                summary.lastAt(),
                millis(summary.duration()),
                summary.lastMessage(),
                summary.messages(),
                summary.deadLetters(),
                summary.undertakings().stream().map(UndertakingResponse::of).toList());
    }

    /** With the microseconds behind the point. */
    static double millis(Duration duration) {
        return duration.toNanos() / 1_000 / 1_000.0;
    }

    /**
     * What the flow began and must bring to an end.
     *
     * @param open what has not ended: {@code order}, {@code stock}, {@code money}, {@code shipment}
     */
    record UndertakingResponse(
            String key,
            Instant begunAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            List<String> open) {

        static UndertakingResponse of(Undertaking undertaking) {
            return new UndertakingResponse(
                    undertaking.key(),
                    undertaking.begunAt(),
                    undertaking.endedAt(),
                    undertaking.outcome(),
                    undertaking.open().stream().map(Obligation::word).toList());
        }
    }
}
