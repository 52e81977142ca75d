package io.tidings.bus.kafka;

import io.tidings.bus.message.CloudEventHeaders;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.outbox.OutboxMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Messages as Kafka records, and back. */
final class KafkaRecords {

    private static final byte[] NOTHING = {};

    private KafkaRecords() {}

    static ProducerRecord<String, byte[]> toProducerRecord(OutboxMessage message) {
        ProducerRecord<String, byte[]> producerRecord = new ProducerRecord<>(
                message.topic(), message.key(), message.envelope().payload());
        CloudEventHeaders.write(message.envelope())
                .forEach((name, value) -> producerRecord.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return producerRecord;
    }

    static Envelope toEnvelope(ConsumerRecord<String, byte[]> consumerRecord) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : consumerRecord.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return CloudEventHeaders.read(
                consumerRecord.topic(),
                consumerRecord.partition() + "/" + consumerRecord.offset(),
                consumerRecord.key(),
                headers,
                consumerRecord.value() == null ? NOTHING : consumerRecord.value(),
                Instant.ofEpochMilli(consumerRecord.timestamp()));
    }
}
