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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are given to a producer at once; all of a key go to one topic. None overtakes one of its key that failed,
 * because the broker refused it or because the producer lost patience: the producer, which has one request under way at a
 * time, is closed by the first failure before it can send the next, and what it still held was not sent.
 */
final class Wave {

    private final Producer<String, byte[]> producer;
    private final Set<String> absentTopics;
    private final Thread sender = Thread.currentThread();
    private final Map<OutboxMessage, Future<RecordMetadata>> sent = new LinkedHashMap<>();
    private final AtomicReference<@Nullable Exception> end = new AtomicReference<>();

    /**
     * @param producer that has one request under way at most
     * @param absentTopics that are known not to be there: the producer would wait for each of them until its patience ends
     */
    Wave(Producer<String, byte[]> producer, Set<String> absentTopics) {
        this.producer = producer;
        this.absentTopics = absentTopics;
    }

    /** Whether a failure has closed the producer, so that messages may be left that were neither taken nor refused. */
    boolean isBrokenOff() {
        return end.get() != null;
    }

    /** Sends the messages, and answers what became of them: for each key, no more than its first refusal. */
    Broker.Receipt send(List<OutboxMessage> messages, Duration timeout) {
        try {
            give(messages);
        } catch (IllegalStateException | KafkaException failure) {
            if (!isBrokenOff()) {
                throw failure;
            }
        }
        return await(Instant.now().plus(timeout));
    }

    private void give(List<OutboxMessage> messages) {
        Map<String, Future<RecordMetadata>> missingTopics = new HashMap<>();
        Set<String> refusedKeys = new HashSet<>();
        for (OutboxMessage message : messages) {
            if (refusedKeys.contains(message.key())) {
                continue;
            }
            if (absentTopics.contains(message.topic())) {
                sent.put(message, CompletableFuture.failedFuture(absent(message.topic())));
                refusedKeys.add(message.key());
                continue;
            }
            Future<RecordMetadata> missing = missingTopics.get(message.topic());
            if (missing != null) {
                sent.put(message, missing); // each further message would wait for the topic again
                continue;
            }
            Future<RecordMetadata> acknowledgement = producer.send(
                    KafkaRecords.toProducerRecord(message), (metadata, failure) -> breakOffAfter(failure));
            sent.put(message, acknowledgement);
            if (acknowledgement.state() != Future.State.FAILED) {
                continue;
            }
            if (isOfMissingTopic(acknowledgement.exceptionNow())) {
                missingTopics.put(message.topic(), acknowledgement);
            } else if (isRefusal(acknowledgement.exceptionNow())) {
                refusedKeys.add(message.key());
            } else {
                break; // the broker is away, and each further message would wait for it again
            }
        }
        producer.flush();
    }

    private static ApiException absent(String topic) {
        return new InvalidTopicException(
                "Topic %s not present, and this service may not create it: create it.".formatted(topic));
    }

    /** What fails before it was sent is known to the sending thread at once, and closes nothing. */
    private void breakOffAfter(@Nullable Exception failure) {
        if (failure != null && Thread.currentThread() != sender && end.compareAndSet(null, failure)) {
            producer.close(Duration.ZERO);
        }
    }

    private Broker.Receipt await(Instant deadline) {
        Set<Long> acknowledged = new HashSet<>();
        Map<Long, Exception> refused = new HashMap<>();
        Set<String> refusedKeys = new HashSet<>();
        @Nullable Exception unreachable = null;
        for (Map.Entry<OutboxMessage, Future<RecordMetadata>> entry : sent.entrySet()) {
            OutboxMessage message = entry.getKey();
            try {
                long left =
                        Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
                entry.getValue().get(left, TimeUnit.MILLISECONDS);
                acknowledged.add(message.id());
            } catch (ExecutionException failure) {
                if (isRefusal(failure.getCause())) {
                    if (refusedKeys.add(message.key())) {
                        refused.put(message.id(), (Exception) failure.getCause());
                    }
                } else if (!isRefusal(end.get())) { // after a refusal, this one was only not sent
                    unreachable = failure;
                }
            } catch (TimeoutException late) {
                unreachable = late;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                unreachable = stopped;
            }
        }
        return new Broker.Receipt(acknowledged, refused, Optional.ofNullable(unreachable));
    }

    /** The broker has said no to a message, or would; as opposed to not having been heard, or not having let us in. */
    private static boolean isRefusal(@Nullable Throwable cause) {
        boolean isAnswer = cause instanceof ApiException && !(cause instanceof RetriableException);
        return isAnswer && !(cause instanceof AuthenticationException) || isOfMissingTopic(cause);
    }

    /** The broker was heard, and said until the end of our patience that it has no such topic. */
    static boolean isOfMissingTopic(@Nullable Throwable cause) {
        return cause instanceof org.apache.kafka.common.errors.TimeoutException
                && cause.getCause() instanceof UnknownTopicOrPartitionException;
    }
}
