package io.tidings.audit;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.CloudEventHeaders;
import io.tidings.bus.message.Envelope;
import io.tidings.infrastructure.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What services tell each other. */
final class Kafka {

    private static final KafkaProducer<String, byte[]> PRODUCER = new KafkaProducer<>(
            Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    Infrastructure.shared().kafkaBootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());

    private Kafka() {}

    /** A message in a flow of its own. */
    static Envelope message(String topic, String key, String type, String payload) {
        return message(topic, key, type, payload, Instant.now());
    }

    static Envelope message(String topic, String key, String type, String payload, Instant time) {
        return message(topic, key, type, payload, time, Map.of());
    }

    static Envelope message(String topic, String key, String type, String payload, Map<String, String> annotations) {
        return message(topic, key, type, payload, Instant.now(), annotations);
    }

    private static Envelope message(
            String topic, String key, String type, String payload, Instant time, Map<String, String> annotations) {
        return new Envelope(
                TimeOrderedId.next(),
                topic,
                key,
                type,
                "/a-service",
                time,
                "flow-" + UUID.randomUUID(),
                "0199aaaa-0000-7000-8000-000000000000",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                annotations,
                payload.getBytes(StandardCharsets.UTF_8));
    }

    static void tell(Envelope envelope) {
        tell(envelope.topic(), envelope.key(), CloudEventHeaders.write(envelope), envelope.payload());
    }

    static void tell(String topic, String key, Map<String, String> headers, byte[] payload) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, key, payload);
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        PRODUCER.send(message);
    }
}
