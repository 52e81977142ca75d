package io.tidings.bus.kafka;

import io.tidings.bus.outbox.Broker;
import io.tidings.bus.outbox.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
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
import org.jspecify.annotations.Nullable;

/** Sends the outbox's messages to Kafka: all at once, by an idempotent producer, and answers when all is known. */
final class KafkaBroker implements Broker {

    private final Supplier<Producer<String, byte[]>> producers;
    private final TopicProvisioner topics;
    private final Duration timeout;
    private @Nullable Producer<String, byte[]> producer;

    /** @param timeout how long to wait for all acknowledgements of a batch */
    KafkaBroker(Supplier<Producer<String, byte[]>> producers, TopicProvisioner topics, Duration timeout) {
        this.producers = producers;
        this.topics = topics;
        this.timeout = timeout;
    }

    @Override
    public synchronized Receipt send(List<OutboxMessage> messages) {
        Receipt receipt;
        try {
            topics.ensure(messages.stream().map(OutboxMessage::topic).collect(Collectors.toSet()));
            receipt = await(sendAll(messages));
        } catch (KafkaException unreachable) {
            receipt = new Receipt(Set.of(), Map.of(), Optional.of(unreachable));
        }
        if (receipt.unreachable().isPresent()) {
            abandonProducer();
        }
        return receipt;
    }

    private Map<OutboxMessage, Future<RecordMetadata>> sendAll(List<OutboxMessage> messages) {
        Producer<String, byte[]> sender = producer();
        Map<OutboxMessage, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        Set<String> failedKeys = new HashSet<>();
        for (OutboxMessage message : messages) {
            if (failedKeys.contains(message.key())) {
                continue;
            }
            Future<RecordMetadata> acknowledgement = sender.send(KafkaRecords.toProducerRecord(message));
            sent.put(message, acknowledgement);
            if (acknowledgement.state() == Future.State.FAILED) {
                failedKeys.add(message.key());
                if (!isRefusal(acknowledgement.exceptionNow())) {
                    break; // the broker is away, and each further message would wait for it again
                }
            }
        }
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
        return cause instanceof ApiException && !(cause instanceof RetriableException);
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
