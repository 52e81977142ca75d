package io.tidings.bus.deadletter;

import io.tidings.bus.message.Envelope;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits to be redriven.
 *
 * @param id of its row
 * @param keyId of the key that it belongs to; null if it has no key
 * @param message as it came
 * @param attempts how often it was tried
 */
public record ParkedMessage(UUID id, @Nullable UUID keyId, Envelope message, int attempts) {}
