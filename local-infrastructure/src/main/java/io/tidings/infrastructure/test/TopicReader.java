package io.tidings.infrastructure.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their beginning, each record once, and remembers what it has read. */
final class TopicReader {

    private final Consumer<String, String> consumer;
    private final Map<String, List<ConsumerRecord<String, String>>> read = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    TopicReader(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("auto.offset.reset", "earliest");
        settings.put("fetch.max.wait.ms", 10); // a look at another topic waits for the fetch that is under way
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    /** All that is there now; nothing if there is no such topic. */
    synchronized List<ConsumerRecord<String, String>> read(String topic) {
        List<ConsumerRecord<String, String>> records = read.computeIfAbsent(topic, unread -> new ArrayList<>());
        Map<TopicPartition, Long> ends = ends(topic);
        consumer.assign(ends.keySet());
        ends.keySet().forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        ends.keySet().forEach(partition -> positions.put(partition, consumer.position(partition)));
        return List.copyOf(records);
    }

    /** The offset that the next record of each partition will have. */
    synchronized Map<TopicPartition, Long> ends(String topic) {
        return consumer.endOffsets(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }
}
