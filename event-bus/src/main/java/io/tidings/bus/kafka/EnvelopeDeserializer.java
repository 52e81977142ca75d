package io.tidings.bus.kafka;

import io.tidings.bus.message.CloudEventHeaders;
import io.tidings.bus.message.EnvelopeDraft;
import io.tidings.bus.message.EnvelopeReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the headers of a record with its value, and takes off those of the event. The records of a poll live until their batch
 * is handled, and four objects for each header were most of what the collector copied meanwhile. What others wrote stays,
 * and {@code traceparent}, by which tools find a record's place in a trace.
 */
final class EnvelopeDeserializer implements Deserializer<EnvelopeDraft> {

    private static final byte[] NOTHING = {};

    @Override
    public EnvelopeDraft deserialize(String topic, byte[] value) {
        return deserialize(topic, new RecordHeaders(), value);
    }

    @Override
    public EnvelopeDraft deserialize(String topic, Headers headers, byte[] value) {
        EnvelopeReader reader = new EnvelopeReader();
        for (Iterator<Header> remaining = headers.iterator(); remaining.hasNext(); ) {
            Header header = remaining.next();
            read(header, reader);
            if (CloudEventHeaders.isOfTheEvent(header.key())) {
                remaining.remove();
            }
        }
        return reader.read(value);
    }

    private static void read(Header header, EnvelopeReader reader) {
        if (EnvelopeReader.needs(header.key()) && header.value() != null) {
            reader.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
    }

    /** Of a record without a value, which Kafka's client gives to no deserializer. */
    static EnvelopeDraft withoutValue(Headers headers) {
        EnvelopeReader reader = new EnvelopeReader();
        headers.forEach(header -> read(header, reader));
        return reader.read(NOTHING);
    }
}
