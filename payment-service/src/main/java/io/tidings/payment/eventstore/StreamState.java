package io.tidings.payment.eventstore;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a stream came to.
 *
 * @param version the number of events that it came from; 0 if there are none
 * @param recordedAt when the last of them was recorded; null if there are none
 */
public record StreamState<S>(
        UUID streamId, long version, S state, @Nullable Instant recordedAt) {}
