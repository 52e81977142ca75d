package io.tidings.bus.message;

import com.ethlo.time.ITU;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is written on an envelope, as the headers of a Kafka record: the binary mode of the <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">CloudEvents
 * Kafka binding</a>. The structured mode is read too, and never written.
 */
public final class CloudEventHeaders {

    private static final String SPECIFICATION = "ce_specversion";
    private static final String ID = "ce_id";
    private static final String SOURCE = "ce_source";
    private static final String TYPE = "ce_type";
    private static final String SUBJECT = "ce_subject";
    private static final String TIME = "ce_time";
    private static final String DATA_SCHEMA = "ce_dataschema";
    private static final String CORRELATION = "ce_correlationid";
    private static final String CAUSATION = "ce_causationid";
    private static final String CONTENT_TYPE = "content-type";
    private static final String TRACEPARENT = "traceparent";

    private static final int UUID_LENGTH = 36;

    private static final Set<String> STANDARD = Set.of(
            SPECIFICATION,
            ID,
            SOURCE,
            TYPE,
            SUBJECT,
            TIME,
            DATA_SCHEMA,
            CORRELATION,
            CAUSATION,
            CONTENT_TYPE,
            TRACEPARENT);

    private CloudEventHeaders() {}

    /** The header under which an attribute goes. */
    static String headerOf(String attribute) {
        return switch (attribute) {
            case "datacontenttype" -> CONTENT_TYPE;
            case TRACEPARENT -> TRACEPARENT;
            default -> "ce_" + attribute;
        };
    }

    /** The headers that carry the envelope, in the order of the specification. */
    public static Map<String, String> write(Envelope envelope) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(SPECIFICATION, "1.0");
        headers.put(ID, envelope.id().toString());
        headers.put(SOURCE, envelope.source());
        headers.put(TYPE, envelope.type());
        headers.put(SUBJECT, envelope.key());
        headers.put(TIME, envelope.time().toString());
        TypeName.parse(envelope.type()).ifPresent(type -> headers.put(DATA_SCHEMA, schemaOf(type)));
        headers.put(CORRELATION, envelope.correlationId());
        putIfPresent(headers, CAUSATION, envelope.causationId());
        headers.put(CONTENT_TYPE, "application/json");
        putIfPresent(headers, TRACEPARENT, envelope.traceparent());
        headers.putAll(envelope.annotations());
        return headers;
    }

    /**
     * The envelope that the headers carry, or in structured mode the payload. NUL, which no database takes in a text, is
     * replaced. One without readable headers becomes an envelope without a type, so that it can be kept; its id follows
     * from where it lay.
     *
     * @param position where the record lay, unique for the topic, such as partition and offset
     */
    public static Envelope read(
            String topic,
            String position,
            @Nullable String key,
            Map<String, String> given,
            byte[] payload,
            Instant stored) {
        return StructuredEvent.in(given, payload)
                .map(event -> readBinary(topic, position, key, event.headers(), event.data(), stored))
                .orElseGet(() -> readBinary(topic, position, key, given, payload, stored));
    }

    private static Envelope readBinary(
            String topic,
            String position,
            @Nullable String key,
            Map<String, String> headers,
            byte[] payload,
            Instant stored) {
        Map<String, String> annotations = new HashMap<>();
        headers.forEach((name, value) -> {
            if (!STANDARD.contains(name)) {
                annotations.put(storable(name), storable(value));
            }
        });
        UUID id = idOf(headers).orElseGet(() -> uuidOf(topic + "/" + position));
        return new Envelope(
                id,
                topic,
                storable(key != null ? key : headers.getOrDefault(SUBJECT, "")),
                textOf(headers, TYPE).orElse(""),
                textOf(headers, SOURCE).orElse(""),
                textOf(headers, TIME).flatMap(CloudEventHeaders::timeOf).orElse(stored),
                textOf(headers, CORRELATION).orElseGet(id::toString),
                textOf(headers, CAUSATION).orElse(null),
                textOf(headers, TRACEPARENT).orElse(null),
                annotations,
                payload);
    }

    private static Optional<String> textOf(Map<String, String> headers, String name) {
        return Optional.ofNullable(headers.get(name)).map(CloudEventHeaders::storable);
    }

    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static String schemaOf(TypeName type) {
        return "urn:" + type.namespace() + ":schemas:" + type.name() + ":v" + type.version();
    }

    /**
     * Ids of other systems need not be UUIDs: they are unique together with their source. One that is a UUID stays as it is,
     * whoever gave it: by it alone other messages name their cause, and so a copy in a dead letter or a replay has the id of
     * what it is a copy of. One that is blank is none: messages with it would pass for duplicates of each other.
     */
    private static Optional<UUID> idOf(Map<String, String> headers) {
        return Optional.ofNullable(headers.get(ID))
                .filter(Predicate.not(String::isBlank))
                .map(id -> uuidIn(id).orElseGet(() -> uuidOf(headers.getOrDefault(SOURCE, "") + '\0' + id)));
    }

    /** In full only: the JDK also reads 2026-11-28-17-3 as one. */
    private static Optional<UUID> uuidIn(String id) {
        if (id.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(id))
                    .filter(uuid -> uuid.toString().equalsIgnoreCase(id));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private static UUID uuidOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** By a library for RFC 3339 alone: the JDK's formatter took an eighth of a consumer's time. */
    private static Optional<Instant> timeOf(String time) {
        try {
            return Optional.of(ITU.parseDateTime(time).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static void putIfPresent(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }
}
