package io.tidings.bus.kafka;

import io.tidings.bus.message.EnvelopeDraft;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Makes consumers with the settings of the bus, and hears of each poll before it happens. */
abstract class WatchedConsumers extends DefaultKafkaConsumerFactory<String, EnvelopeDraft> {

    WatchedConsumers(String broker) {
        super(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "group.protocol",
                        "consumer",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new EnvelopeDeserializer());
    }

    /** On the consumer's own thread. What it throws, the poll throws. */
    abstract void beforePoll(Consumer<?, ?> consumer, Duration timeout);

    @Override
    protected Consumer<String, EnvelopeDraft> createRawConsumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new EnvelopeDeserializer()) {
            @Override
            public ConsumerRecords<String, EnvelopeDraft> poll(Duration timeout) {
                beforePoll(this, timeout);
                return super.poll(timeout);
            }
        };
    }
}
