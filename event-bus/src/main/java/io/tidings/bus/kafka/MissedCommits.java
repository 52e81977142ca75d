package io.tidings.bus.kafka;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.event.ListenerContainerPartitionIdleEvent;

/**
 * Makes up for commits that failed. Nobody waits for a commit, and usually the next of its partition covers it. But where
 * no message follows, the broker would for ever say that we have not read the last: to whoever watches our lag, and to a
 * replay, which waits for that.
 */
final class MissedCommits implements OffsetCommitCallback, ApplicationEventPublisher {

    private static final Logger log = LoggerFactory.getLogger(MissedCommits.class);

    private final Set<TopicPartition> committedSince = ConcurrentHashMap.newKeySet();
    private volatile boolean failed;

    /** @param offsets those that were committed; null if that failed, so that it may have been any */
    @Override
    public void onComplete(@Nullable Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
        if (failure != null || offsets == null) {
            log.info("Offsets could not be committed, and will be with the next: {}", String.valueOf(failure));
            committedSince.clear();
            failed = true;
        } else if (failed) {
            committedSince.addAll(offsets.keySet());
        }
    }

    /** Hears, in the thread of a consumer, what its container tells: here, that no message comes on a partition. */
    @Override
    public void publishEvent(Object event) {
        if (failed
                && event instanceof ListenerContainerPartitionIdleEvent idle
                && !committedSince.contains(idle.getTopicPartition())) {
            commit(idle.getConsumer(), idle.getTopicPartition());
        }
    }

    /** A consumer that rests has handled whatever it was given. */
    private void commit(Consumer<?, ?> consumer, TopicPartition partition) {
        consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(consumer.position(partition))), this);
    }
}
