package io.tidings.bus.kafka;

import io.tidings.bus.operations.Pace;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What the processor throws says nothing against the messages, so they are given again until it takes them. What the
 * consumer itself throws may be its last word: after a fatal failure its polls return nothing, for ever and in silence.
 */
final class PatientErrorHandler extends DefaultErrorHandler {

    private final Consumer<RuntimeException> lost;

    /** @param lost hears of a failure after which the consumer may be deaf, so that another must take its place */
    PatientErrorHandler(Consumer<RuntimeException> lost) {
        super(backOff());
        this.lost = lost;
        // Otherwise it gives some up at once, by the classes of their causes.
        setClassifications(Map.of(), true);
    }

    private static BackOff backOff() {
        Pace pace = Pace.ofInfrastructure();
        ExponentialBackOff backOff = new ExponentialBackOff(pace.step().toMillis(), 2);
        backOff.setMaxInterval(pace.longest().toMillis());
        return backOff;
    }

    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> batch,
            org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        try {
            super.handleBatch(thrown, batch, consumer, container, invokeListener);
        } catch (RuntimeException failure) {
            // The consumer is polled between the attempts, and that failed. Its position is behind the batch: went it
            // on from there, the next commit would say that the batch was handled.
            rewind(consumer, batch);
            tellIfFatal(failure);
            throw failure;
        }
    }

    private static void rewind(org.apache.kafka.clients.consumer.Consumer<?, ?> consumer, ConsumerRecords<?, ?> batch) {
        for (TopicPartition partition : batch.partitions()) {
            if (consumer.assignment().contains(partition)) {
                consumer.seek(partition, batch.records(partition).getFirst().offset());
            }
        }
    }

    @Override
    public void handleOtherException(
            Exception thrown,
            org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
            MessageListenerContainer container,
            boolean batchListener) {
        super.handleOtherException(thrown, consumer, container, batchListener);
        tellIfFatal(thrown);
    }

    private void tellIfFatal(Exception thrown) {
        if (thrown instanceof KafkaException failure
                && !(failure instanceof RetriableException)
                && !(failure instanceof WakeupException)) {
            lost.accept(failure);
        }
    }
}
