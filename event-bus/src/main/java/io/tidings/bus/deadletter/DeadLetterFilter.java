package io.tidings.bus.deadletter;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters to show; null shows all.
 *
 * @param states in which they are
 * @param type by its name, or by all that it is called on the wire
 * @param reason words in the reason, whatever their case
 */
public record DeadLetterFilter(
        Set<DeadLetterState> states,
        @Nullable String topic,
        @Nullable String key,
        @Nullable String type,
        @Nullable String reason) {}
