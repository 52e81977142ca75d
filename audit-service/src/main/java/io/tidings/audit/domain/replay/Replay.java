package io.tidings.audit.domain.replay;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay, and how far it has come.
 *
 * @param total records in the log when it began, and those that came until it ended
 * @param lookedAt how many of them it has been through
 * @param sent how many of those were wanted, and are on their way
 */
public record Replay(
        UUID replayId,
        ReplayOrder order,
        ReplayPhase phase,
        boolean paused,
        long total,
        long lookedAt,
        long sent,
        Instant createdAt,
        @Nullable Instant endedAt) {}
