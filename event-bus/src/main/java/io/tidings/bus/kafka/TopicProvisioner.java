package io.tidings.bus.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates topics when they are first needed. Topics that exist stay as they are: more partitions would move keys to
 * others, and lose their order.
 */
final class TopicProvisioner {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final Admin admin;
    private final int partitions;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    TopicProvisioner(Admin admin, int partitions) {
        this.admin = admin;
        this.partitions = partitions;
    }

    /**
     * Makes those that are not there.
     *
     * @return those that are not there and may not be made by this service
     * @throws KafkaException if the brokers can't be reached, or are too few
     */
    Set<String> ensure(Set<String> topics) {
        List<NewTopic> missing = topics.stream()
                .filter(Predicate.not(known::contains))
                .map(topic -> new NewTopic(topic, Optional.of(partitions), Optional.empty()))
                .toList();
        if (missing.isEmpty()) {
            return Set.of();
        }
        Set<String> absent = new HashSet<>();
        admin.createTopics(missing).values().forEach((topic, creation) -> {
            if (isMade(topic, creation) || isThere(topic, absent)) {
                known.add(topic);
            }
        });
        return absent;
    }

    /** Somebody found that a topic is gone, though it was there: it is made again when it is needed next. */
    void forget(String topic) {
        known.remove(topic);
    }

    /**
     * Returns when each partition of the topics has a leader that answers. Topics are said to be created when the
     * controller has noted them; until the brokers have made them, which takes a fresh one some time for many, nothing is
     * heard.
     *
     * @param isWanted asked between looks, which may go on for as long as a topic may not be read
     * @return false if nobody wants to know any more
     */
    boolean awaitLeaders(Set<String> topics, BooleanSupplier isWanted) {
        while (isWanted.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            if (haveLeaders(topics)) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    private boolean haveLeaders(Set<String> topics) {
        try {
            Map<TopicPartition, OffsetSpec> ends = admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            admin.listOffsets(ends).all().get();
            return true;
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isMade(String topic, KafkaFuture<Void> creation) {
        try {
            creation.get();
            log.info("Created topic {}.", topic);
            return true;
        } catch (ExecutionException failure) {
            return switch (failure.getCause()) {
                case TopicExistsException asItShould -> true;
                case RetriableException unreachable -> throw unreachable;
                // What a controller says that knows of no broker yet, because all of them have just begun to start.
                case InvalidReplicationFactorException tooFewBrokers -> throw tooFewBrokers;
                case null, default -> {
                    log.warn(
                            "Topic {} can't be created by this service; create it if it is not there: {}",
                            topic,
                            failure.getMessage());
                    yield false;
                }
            };
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    /** One that an operator has yet to create is looked for again when it is needed. */
    private boolean isThere(String topic, Set<String> absent) {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                absent.add(topic);
            }
            return false;
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }
}
