package io.tidings.benchmarks.harness;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.tidings.benchmarks.contender.OrderChanged;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

/** Puts events on the topic as Tidings would: CloudEvents in Kafka's binary mode, with the record as JSON. */
final class EventSupply implements AutoCloseable {

    /** One of so many comes a second time. */
    static final int DOUBLED = 100;

    private static final String TYPE = "io.tidings.OrderTold.v1";

    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

    private final KafkaProducer<String, byte[]> producer;

    EventSupply(String kafka) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Returns when all of them, and the doubled ones besides, are on the topic. */
    void supply(int events) {
        JsonMapper mapper = JsonMapper.shared();
        for (int number = 0; number < events; number++) {
            OrderChanged order = OrderChanged.placed();
            String key = order.orderId().toString();
            ProducerRecord<String, byte[]> event =
                    new ProducerRecord<>(OrderChanged.TOPIC, key, mapper.writeValueAsBytes(order));
            String id = IDS.generate().toString();
            Map.of(
                            "ce_specversion",
                            "1.0",
                            "ce_id",
                            id,
                            "ce_source",
                            "/order-service",
                            "ce_type",
                            TYPE,
                            "ce_subject",
                            key,
                            "ce_time",
                            Instant.now().toString(),
                            "ce_dataschema",
                            "urn:io.tidings:schemas:OrderTold:v1",
                            "ce_correlationid",
                            id,
                            "content-type",
                            "application/json")
                    .forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(event);
            if (number % DOUBLED == 0) {
                producer.send(event);
            }
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
