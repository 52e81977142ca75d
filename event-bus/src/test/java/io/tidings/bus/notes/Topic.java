package io.tidings.bus.notes;

import static org.awaitility.Awaitility.await;

import io.tidings.infrastructure.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic as anyone with a Kafka client sees it. */
public record Topic(String name) {

    /** All records of a key, in their order. */
    public List<ConsumerRecord<String, String>> recordsOf(String key) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records.stream().filter(read -> key.equals(read.key())).toList();
    }

    public ConsumerRecord<String, String> awaitRecord(String key, Predicate<ConsumerRecord<String, String>> wanted) {
        return await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> recordsOf(key).stream().filter(wanted).findFirst(), java.util.Optional::isPresent)
                .get();
    }

    public void send(String key, byte[] value, Map<String, String> headers) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var sent = new ProducerRecord<>(name, key, value);
            headers.forEach((header, text) -> sent.headers().add(header, text.getBytes(StandardCharsets.UTF_8)));
            producer.send(sent);
            producer.flush();
        }
    }

    public static String header(ConsumerRecord<?, ?> read, String name) {
        Header header = read.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
