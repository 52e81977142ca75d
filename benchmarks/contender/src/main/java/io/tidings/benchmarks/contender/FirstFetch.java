package io.tidings.benchmarks.contender;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Notes when the first records came after a stop, whoever they are for: that is when consuming begins. */
public final class FirstFetch implements ConsumerInterceptor<Object, Object> {

    private static final AtomicLong at = new AtomicLong();

    static void forget() {
        at.set(0);
    }

    /** In microseconds since 1970; 0 if there were none yet. */
    static long at() {
        return at.get();
    }

    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
        if (at.get() == 0 && !records.isEmpty()) {
            at.compareAndSet(0, Clock.micros());
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> settings) {}
}
