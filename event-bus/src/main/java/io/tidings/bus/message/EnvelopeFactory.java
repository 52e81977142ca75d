package io.tidings.bus.message;

import io.tidings.bus.MessageTooLargeException;
import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.flow.Flow;
import io.tidings.bus.flow.TraceParent;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Puts what a service publishes into envelopes that say where it comes from and which flow it belongs to. */
public final class EnvelopeFactory {

    /** What the broker counts beside payload and key: headers, also a dead letter's, and framing, generously. */
    private static final int ROOM_FOR_HEADERS = 32_768;

    /** Of what strangers wrote on a message and a copy repeats, in characters; a copy's key puts nothing in order. */
    private static final int LONGEST_REPEATED = 1_000;

    private static final byte[] NOTHING = {};

    private final String service;
    private final String namespace;
    private final int maximumSize;
    private final MessageCodec codec;
    private final Clock clock;
    private final Map<Class<?>, MessageType> types = new ConcurrentHashMap<>();

    public EnvelopeFactory(String service, String namespace, int maximumSize, MessageCodec codec, Clock clock) {
        this.service = service;
        this.namespace = namespace;
        this.maximumSize = maximumSize;
        this.codec = codec;
        this.clock = clock;
    }

    /** @throws MessageTooLargeException if the broker would refuse the message */
    public Envelope seal(Message message) {
        MessageType type = types.computeIfAbsent(message.getClass(), MessageType::of);
        byte[] payload = codec.write(message);
        // The key is on the record, and among its headers.
        int room = maximumSize - ROOM_FOR_HEADERS - 2 * message.key().getBytes(StandardCharsets.UTF_8).length;
        if (payload.length > room) {
            throw new MessageTooLargeException(type.name(), message.key(), payload.length, room);
        }
        Flow flow = Flow.current();
        return new Envelope(
                TimeOrderedId.next(),
                type.topic(),
                message.key(),
                TypeName.of(namespace, type).toString(),
                source(),
                now(),
                flow.correlationId(),
                flow.causationId(),
                flow.nextTraceparent(),
                Map.of(),
                payload);
    }

    /**
     * A copy of a message that goes to another topic with more written on it; it has an id of its own. The broker would
     * refuse a copy that is larger than the largest message: then it says only where the message is.
     */
    public Envelope forward(Envelope message, String topic, Map<String, String> annotations) {
        if (message.payload().length + ROOM_FOR_HEADERS > maximumSize) {
            Map<String, String> more = new HashMap<>(annotations);
            more.put(
                    "payload-omitted",
                    "It has %,d bytes, and is on topic %s with ce_id %s."
                            .formatted(message.payload().length, message.topic(), message.id()));
            return copy(message, topic, more, NOTHING);
        }
        return copy(message, topic, annotations, message.payload());
    }

    private Envelope copy(Envelope message, String topic, Map<String, String> annotations, byte[] payload) {
        return new Envelope(
                TimeOrderedId.next(),
                topic,
                shortened(message.key()),
                shortened(message.type()),
                source(),
                now(),
                Flow.of(message).correlationId(),
                message.id().toString(),
                TraceParent.parse(message.traceparent())
                        .map(TraceParent::toString)
                        .orElse(null),
                annotations,
                payload);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_REPEATED ? text : text.substring(0, LONGEST_REPEATED) + "…";
    }

    /** To the microsecond, which is what databases keep: so it is the same when it is told again. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private String source() {
        return "/" + service;
    }
}
