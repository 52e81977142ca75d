package io.tidings.bus.message;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way: what it says as JSON, and what is written on the outside.
 *
 * @param id of the message, the same each time it is delivered
 * @param topic where it is told
 * @param key what it is about; messages of one key keep their order
 * @param type its CloudEvents type, such as {@code io.tidings.OrderPlaced.v2}; empty if it is unreadable
 * @param source the service that published it, such as {@code /order-service}
 * @param time when it was published
 * @param correlationId the flow it belongs to
 * @param causationId the id of the message that caused it; null if a request did
 * @param traceparent its place in a trace, as W3C Trace Context writes it; null if there is none
 * @param annotations what else is written on it, such as the reason of a dead letter
 * @param payload the message as JSON
 */
public record Envelope(
        UUID id,
        String topic,
        String key,
        String type,
        String source,
        Instant time,
        String correlationId,
        @Nullable String causationId,
        @Nullable String traceparent,
        Map<String, String> annotations,
        byte[] payload) {

    public Envelope {
        annotations = Map.copyOf(annotations);
    }

    /** What is written on the outside, as far as the bus knows what it means. */
    public Envelope withoutContent() {
        return new Envelope(
                id, topic, key, type, source, time, correlationId, causationId, traceparent, Map.of(), new byte[0]);
    }

    @Override
    public String toString() {
        return "%s %s of %s on %s".formatted(type.isEmpty() ? "message without a type" : type, id, key, topic);
    }
}
