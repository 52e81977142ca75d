package io.tidings.bus.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a record say. What they lack follows from where it lay.
 *
 * @param id null if they have none
 * @param subject null if they have none
 * @param type empty if they have none
 * @param source empty if they have none
 * @param time null if they have none that is readable
 * @param correlationId null if they have none
 * @param causationId null if they have none
 * @param traceparent null if they have none
 * @param annotations headers that are not of the bus
 * @param payload the message as JSON
 */
public record EnvelopeDraft(
        @Nullable UUID id,
        @Nullable String subject,
        String type,
        String source,
        @Nullable Instant time,
        @Nullable String correlationId,
        @Nullable String causationId,
        @Nullable String traceparent,
        Map<String, String> annotations,
        byte[] payload) {

    /**
     * The whole envelope. One without readable headers becomes an envelope without a type, so that it can be kept.
     *
     * @param key of the record; null if it has none, and the subject takes its place
     * @param position where the record lay, unique for the topic, such as partition and offset; an id is made of it if
     *     there is none
     * @param stored when the record came to lie there
     */
    public Envelope at(String topic, @Nullable String key, Supplier<String> position, Instant stored) {
        UUID known = id != null ? id : idMadeOf(topic + "/" + position.get());
        return new Envelope(
                known,
                topic,
                key != null ? EnvelopeReader.storable(key) : Objects.requireNonNullElse(subject, ""),
                type,
                source,
                time != null ? time : stored,
                correlationId != null ? correlationId : known.toString(),
                causationId,
                traceparent,
                annotations,
                payload);
    }

    /** The same for the same name, whoever makes it. */
    static UUID idMadeOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
