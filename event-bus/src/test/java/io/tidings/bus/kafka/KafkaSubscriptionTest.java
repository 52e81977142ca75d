package io.tidings.bus.kafka;

import static org.awaitility.Awaitility.await;

import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.Notebooks;
import io.tidings.bus.operations.BusStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@BusTest
@TestPropertySource(
        properties = {
            "spring.application.name=stumbling-notes",
            "spring.kafka.consumer.properties.interceptor.classes=io.tidings.bus.kafka.KafkaSubscriptionTest$Stumbling"
        })
class KafkaSubscriptionTest {

    private static final AtomicBoolean stumbles = new AtomicBoolean();

    /** Ends a consumer's thread, once, between its poll and our code, as an {@link OutOfMemoryError} there would. */
    public static final class Stumbling implements ConsumerInterceptor<Object, Object> {

        @Override
        public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
            if (!records.isEmpty() && stumbles.getAndSet(false)) {
                throw new OutOfMemoryError("as if");
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

    @Autowired
    Notebooks notebooks;

    @Autowired
    BusStatus status;

    @Test
    void a_consumer_that_ended_by_itself_is_missed_and_begun_again() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, "before");
        notebooks.awaitApplied(notebook, 1);

        stumbles.set(true);
        notebooks.turnPage(notebook, "meanwhile");

        await().atMost(Duration.ofSeconds(30)).until(() -> status.waiting().containsKey("subscription"));
        notebooks.awaitApplied(notebook, 1, 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> status.waiting().isEmpty());
    }
}
