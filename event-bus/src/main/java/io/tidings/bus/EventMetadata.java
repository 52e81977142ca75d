package io.tidings.bus;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message beside what it says; the attributes of <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>.
 *
 * @param id of this very message, the same each time it is delivered
 * @param source the service that told it, such as {@code /order-service}
 * @param time when it was published
 * @param correlationId the flow it belongs to: the same for all that followed from one request
 * @param causationId the id of the message that caused it; null if a request did
 */
public record EventMetadata(
        UUID id,
        String source,
        Instant time,
        String correlationId,
        @Nullable String causationId) {}
