package io.tidings.bus.kafka;

import io.tidings.bus.message.CloudEventHeaders;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeDraft;
import io.tidings.bus.outbox.OutboxMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Messages as Kafka records, and back. */
final class KafkaRecords {

    private KafkaRecords() {}

    static ProducerRecord<String, byte[]> toProducerRecord(OutboxMessage message) {
        ProducerRecord<String, byte[]> producerRecord = new ProducerRecord<>(
                message.topic(), message.key(), message.envelope().payload());
        CloudEventHeaders.write(message.envelope())
                .forEach((name, value) -> producerRecord.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return producerRecord;
    }

    static Envelope toEnvelope(ConsumerRecord<String, EnvelopeDraft> consumerRecord) {
        EnvelopeDraft draft = consumerRecord.value() == null
                ? EnvelopeDeserializer.withoutValue(consumerRecord.headers())
                : consumerRecord.value();
        return draft.at(
                consumerRecord.topic(),
                consumerRecord.key(),
                () -> consumerRecord.partition() + "/" + consumerRecord.offset(),
                Instant.ofEpochMilli(consumerRecord.timestamp()));
    }
}
