package io.tidings.bus.kafka;

import io.tidings.bus.outbox.Broker;
import io.tidings.bus.outbox.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Sends the outbox's messages to Kafka by an idempotent producer, all keys at once, and answers when all is known. */
final class KafkaBroker implements Broker {

    private final Supplier<Producer<String, byte[]>> producers;
    private final TopicProvisioner topics;
    private final Duration timeout;
    private @Nullable Producer<String, byte[]> producer;

    /**
     * @param producers of producers that give up what is not acknowledged in time
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
            topics.ensure(messages.stream().map(OutboxMessage::topic).collect(Collectors.toSet()));
            Map<String, Deque<OutboxMessage>> keys = byKey(messages);
            while (!keys.isEmpty() && unreachable.isEmpty()) {
                List<OutboxMessage> wave =
                        keys.values().stream().map(Deque::removeFirst).toList();
                Receipt receipt = await(sendAll(wave));
                acknowledged.addAll(receipt.acknowledged());
                refused.putAll(receipt.refused());
                unreachable = receipt.unreachable();
                wave.stream()
                        .filter(message -> !receipt.acknowledged().contains(message.id()))
                        .forEach(failed -> keys.remove(failed.key()));
                keys.values().removeIf(Deque::isEmpty);
            }
        } catch (KafkaException failure) {
            unreachable = Optional.of(failure);
        }
        if (unreachable.isPresent()) {
            abandonProducer();
        }
        return new Receipt(acknowledged, refused, unreachable);
    }

    /**
     * The messages of each key. They are sent in waves, the first of each key at once, then the second: a producer that
     * had a message refused would go on with the next, and that one would overtake.
     */
    private static Map<String, Deque<OutboxMessage>> byKey(List<OutboxMessage> messages) {
        Map<String, Deque<OutboxMessage>> queues = new LinkedHashMap<>();
        messages.forEach(message ->
                queues.computeIfAbsent(message.key(), key -> new ArrayDeque<>()).add(message));
        return queues;
    }

    /** Sends messages of different keys. */
    private Map<OutboxMessage, Future<RecordMetadata>> sendAll(List<OutboxMessage> messages) {
        Producer<String, byte[]> sender = producer();
        Map<OutboxMessage, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        Map<String, Future<RecordMetadata>> missingTopics = new HashMap<>();
        for (OutboxMessage message : messages) {
            Future<RecordMetadata> missing = missingTopics.get(message.topic());
            if (missing != null) {
                sent.put(message, missing); // each further message would wait for the topic again
                continue;
            }
            Future<RecordMetadata> acknowledgement = sender.send(KafkaRecords.toProducerRecord(message));
            sent.put(message, acknowledgement);
            if (acknowledgement.state() != Future.State.FAILED) {
                continue;
            }
            if (isOfMissingTopic(acknowledgement.exceptionNow())) {
                missingTopics.put(message.topic(), acknowledgement);
            } else if (!isRefusal(acknowledgement.exceptionNow())) {
                break; // the broker is away, and each further message would wait for it again
            }
        }
        sender.flush();
        return sent;
    }

    private Receipt await(Map<OutboxMessage, Future<RecordMetadata>> sent) {
        Instant deadline = Instant.now().plus(timeout);
        Set<Long> acknowledged = new HashSet<>();
        Map<Long, Exception> refused = new HashMap<>();
        @Nullable Exception unreachable = null;
        for (Map.Entry<OutboxMessage, Future<RecordMetadata>> entry : sent.entrySet()) {
            long id = entry.getKey().id();
            try {
                long left =
                        Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
                entry.getValue().get(left, TimeUnit.MILLISECONDS);
                acknowledged.add(id);
            } catch (ExecutionException failure) {
                if (isRefusal(failure.getCause())) {
                    refused.put(id, (Exception) failure.getCause());
                } else {
                    unreachable = failure;
                }
            } catch (TimeoutException late) {
                unreachable = late;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                unreachable = stopped;
            }
        }
        return new Receipt(acknowledged, refused, Optional.ofNullable(unreachable));
    }

    /** The broker has said no, or would; as opposed to not having been heard. */
    private static boolean isRefusal(@Nullable Throwable cause) {
        return cause instanceof ApiException && !(cause instanceof RetriableException) || isOfMissingTopic(cause);
    }

    /** The broker was heard, and said until the end of our patience that it has no such topic. */
    private static boolean isOfMissingTopic(@Nullable Throwable cause) {
        return cause instanceof org.apache.kafka.common.errors.TimeoutException
                && cause.getCause() instanceof UnknownTopicOrPartitionException;
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
