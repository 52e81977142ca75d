package io.tidings.bus.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates topics when they are first needed. Topics that exist stay as they are: more partitions would move keys to
 * others, and lose their order.
 */
final class TopicProvisioner {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

    private final Map<String, Object> adminSettings;
    private final int partitions;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    TopicProvisioner(Map<String, Object> adminSettings, int partitions) {
        this.adminSettings = adminSettings;
        this.partitions = partitions;
    }

    /** @throws KafkaException if the broker can't be reached */
    void ensure(Set<String> topics) {
        List<NewTopic> missing = topics.stream()
                .filter(Predicate.not(known::contains))
                .map(topic -> new NewTopic(topic, Optional.of(partitions), Optional.empty()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(adminSettings)) {
            admin.createTopics(missing).values().forEach(TopicProvisioner::await);
        }
        known.addAll(topics);
    }

    private static void await(String topic, KafkaFuture<Void> creation) {
        try {
            creation.get();
            log.info("Created topic {}.", topic);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RetriableException unreachable) {
                throw unreachable;
            }
            if (!(failure.getCause() instanceof TopicExistsException)) {
                log.warn(
                        "Topic {} can't be created by this service; create it if it is not there: {}",
                        topic,
                        failure.getMessage());
            }
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }
}
