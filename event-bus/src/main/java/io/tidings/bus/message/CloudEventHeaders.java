package io.tidings.bus.message;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written on an envelope, as the headers of a Kafka record: the binary mode of the <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">CloudEvents
 * Kafka binding</a>. The structured mode is read too, and never written.
 */
public final class CloudEventHeaders {

    private static final String PREFIX = "ce_";
    static final String SPECIFICATION = "ce_specversion";
    static final String ID = "ce_id";
    static final String SOURCE = "ce_source";
    static final String TYPE = "ce_type";
    static final String SUBJECT = "ce_subject";
    static final String TIME = "ce_time";
    static final String DATA_SCHEMA = "ce_dataschema";
    static final String CORRELATION = "ce_correlationid";
    static final String CAUSATION = "ce_causationid";
    static final String CONTENT_TYPE = "content-type";
    static final String TRACEPARENT = "traceparent";

    private CloudEventHeaders() {}

    /** The header under which an attribute goes. */
    static String headerOf(String attribute) {
        return switch (attribute) {
            case "datacontenttype" -> CONTENT_TYPE;
            case TRACEPARENT -> TRACEPARENT;
            default -> PREFIX + attribute;
        };
    }

    /** Whether a header says something of the event, rather than of the record that carries it. */
    public static boolean isOfTheEvent(String header) {
        return header.startsWith(PREFIX) || header.equals(CONTENT_TYPE);
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
     * The envelope that the headers carry, as {@link EnvelopeReader} reads it.
     *
     * @param position where the record lay, unique for the topic, such as partition and offset
     */
    public static Envelope read(
            String topic,
            String position,
            @Nullable String key,
            Map<String, String> headers,
            byte[] payload,
            Instant stored) {
        EnvelopeReader reader = new EnvelopeReader();
        headers.forEach(reader::put);
        return reader.read(payload).at(topic, key, () -> position, stored);
    }

    private static String schemaOf(TypeName type) {
        return "urn:" + type.namespace() + ":schemas:" + type.name() + ":v" + type.version();
    }

    private static void putIfPresent(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }
}
