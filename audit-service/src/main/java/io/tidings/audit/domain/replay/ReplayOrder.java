package io.tidings.audit.domain.replay;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told to whom.
 *
 * @param rebuild whether the target is made again from nothing; then everything is told
 * @param topics what the target hears; empty if that is not known, and all is told it
 * @param types names such as {@code OrderPlaced}, in whatever version; empty for all
 * @param keys empty for all
 * @param from published then or later; null for all
 * @param to published earlier; null for all
 * @param speed messages a second, at most; null for as many as go
 * @param effects whether handlers that do something outside, such as writing to a customer, are called too
 */
public record ReplayOrder(
        String target,
        boolean rebuild,
        List<String> topics,
        List<String> types,
        List<String> keys,
        @Nullable String correlationId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Integer speed,
        boolean effects) {

    /** Told only what the target hears. */
    public ReplayOrder of(Collection<String> heard) {
        return new ReplayOrder(
                target, rebuild, List.copyOf(heard), types, keys, correlationId, from, to, speed, effects);
    }

    /** Whether only some of what the target hears is wanted. */
    public boolean isPartial() {
        return !types.isEmpty() || !keys.isEmpty() || correlationId != null || from != null || to != null;
    }
}
