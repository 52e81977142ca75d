package io.tidings.audit.api;

import io.tidings.audit.domain.replay.Replay;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay, and how far it has come.
 *
 * @param phase {@code requested}, {@code history}, {@code catching_up}, {@code rest}, {@code ending}, {@code canceling},
 *     {@code done} or {@code canceled}
 * @param total records to look at
 * @param lookedAt how many of them were
 * @param sent how many of those were wanted, and sent
 */
record ReplayResponse(
        UUID replayId,
        String target,
        boolean rebuild,
        String phase,
        boolean paused,
        long total,
        long lookedAt,
        long sent,
        Instant createdAt,
        @Nullable Instant endedAt) {

    static ReplayResponse of(Replay replay) {
        return new ReplayResponse(
                replay.replayId(),
                replay.order().target(),
                replay.order().rebuild(),
                replay.phase().name().toLowerCase(Locale.ROOT),
                replay.paused(),
                replay.total(),
                replay.lookedAt(),
                replay.sent(),
                replay.createdAt(),
                replay.endedAt());
    }
}
