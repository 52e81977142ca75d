package io.tidings.bus.kafka;

import io.tidings.bus.outbox.Broker;
import io.tidings.bus.outbox.OutboxMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Sends the outbox's messages to Kafka by an idempotent producer, wave after wave, and answers when all is known. */
final class KafkaBroker implements Broker {

    private final Supplier<Producer<String, byte[]>> producers;
    private final TopicProvisioner topics;
    private final Duration timeout;
    private @Nullable Producer<String, byte[]> producer;

    /**
     * @param producers of producers that have one request under way at most, and give up what is not acknowledged in time
     * @param timeout how long to wait for the acknowledgements of what was sent at once
     */
    KafkaBroker(Supplier<Producer<String, byte[]>> producers, TopicProvisioner topics, Duration timeout) {
        this.producers = producers;
        this.topics = topics;
        this.timeout = timeout;
    }

    @Override
    public synchronized Receipt send(List<OutboxMessage> messages) {
        Set<Long> acknowledged = new HashSet<>();
        Map<Long, Exception> refused = new HashMap<>();
        Optional<Exception> unreachable = Optional.empty();
        try {
            Set<String> absentTopics =
                    topics.ensure(messages.stream().map(OutboxMessage::topic).collect(Collectors.toSet()));
            Map<String, Deque<OutboxMessage>> keys = byKey(messages);
            while (!keys.isEmpty() && unreachable.isEmpty()) {
                Wave wave = new Wave(producer(), absentTopics);
                Receipt receipt = wave.send(nextOf(keys), timeout);
                if (wave.isBrokenOff()) {
                    producer = null;
                }
                topicsFoundMissing(messages, receipt).forEach(topics::forget);
                acknowledged.addAll(receipt.acknowledged());
                refused.putAll(receipt.refused());
                unreachable = receipt.unreachable();
                keys.values()
                        .forEach(queue ->
                                queue.removeIf(message -> receipt.acknowledged().contains(message.id())));
                keys.values()
                        .removeIf(queue -> queue.isEmpty()
                                || queue.stream()
                                        .anyMatch(message -> receipt.refused().containsKey(message.id())));
            }
        } catch (KafkaException failure) {
            unreachable = Optional.of(failure);
        }
        if (unreachable.isPresent()) {
            abandonProducer();
        }
        return new Receipt(acknowledged, refused, unreachable);
    }

    private static Set<String> topicsFoundMissing(List<OutboxMessage> messages, Receipt receipt) {
        return messages.stream()
                .filter(message -> Wave.isOfMissingTopic(receipt.refused().get(message.id())))
                .map(OutboxMessage::topic)
                .collect(Collectors.toSet());
    }

    private static Map<String, Deque<OutboxMessage>> byKey(List<OutboxMessage> messages) {
        Map<String, Deque<OutboxMessage>> queues = new LinkedHashMap<>();
        messages.forEach(message ->
                queues.computeIfAbsent(message.key(), key -> new ArrayDeque<>()).add(message));
        return queues;
    }

    /**
     * What is sent at once: of each key the messages up to where it changes to another topic, which may lie with another
     * broker, and be told there while the one before it is refused here.
     */
    private static List<OutboxMessage> nextOf(Map<String, Deque<OutboxMessage>> keys) {
        return keys.values().stream()
                .flatMap(queue -> queue.stream()
                        .takeWhile(message ->
                                message.topic().equals(queue.getFirst().topic())))
                .toList();
    }

    private Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    /**
     * A producer that got no answer might still deliver what it holds, even after later messages: it is closed with all
     * that it holds, and its messages are sent again from the outbox.
     */
    private void abandonProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    @Override
    public synchronized void close() {
        abandonProducer();
    }
}
