package io.tidings.benchmarks.contender;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What each consumer of the process passes with the records of a poll; while it is closed, they wait there. So a consumer is
 * held without leaving its group: one that joins again waits seconds for its partitions, and the JVM compiles again
 * what it is begun with.
 */
public final class Gate implements ConsumerInterceptor<Object, Object> {

    private static volatile CountDownLatch gate = new CountDownLatch(0);

    static synchronized void hold() {
        if (gate.getCount() == 0) {
            gate = new CountDownLatch(1);
        }
    }

    static synchronized void letGo() {
        gate.countDown();
    }

    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
        try {
            gate.await();
            return records;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The consumer was interrupted while the gate was closed.", interrupted);
        }
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> settings) {}
}
