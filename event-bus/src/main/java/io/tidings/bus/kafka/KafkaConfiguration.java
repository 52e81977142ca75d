package io.tidings.bus.kafka;

import io.tidings.bus.Projection;
import io.tidings.bus.autoconfigure.BusProperties;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.message.EnvelopeDraft;
import io.tidings.bus.message.ReplayedMessage;
import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.OutboxHealthIndicator;
import io.tidings.bus.operations.OutboxMetrics;
import io.tidings.bus.outbox.Broker;
import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.outbox.OutboxCleaner;
import io.tidings.bus.outbox.OutboxRelay;
import io.tidings.bus.outbox.OutboxTransport;
import io.tidings.bus.replay.ReplayReceiver;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/**
 * The bus on Kafka. Where the broker is and how to log in comes from Spring Boot's own {@code spring.kafka} settings; what
 * the guarantees rest on is set here.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "tidings.bus", havingValue = "kafka", matchIfMissing = true)
public class KafkaConfiguration {

    private static final Duration WAVE_AT_MOST = Duration.ofMillis(20);
    private static final DataSize BATCH_SIZE = DataSize.ofKilobytes(64);

    private final BusProperties properties;

    KafkaConfiguration(BusProperties properties) {
        this.properties = properties;
    }

    @Bean
    Outbox outbox(JdbcTemplate jdbc) {
        return new Outbox(jdbc);
    }

    @Bean
    OutboxTransport outboxTransport(Outbox outbox, OutboxRelay relay) {
        return new OutboxTransport(outbox, relay, properties.outbox().wake());
    }

    @Bean
    Broker outboxBroker(ProducerFactory<?, ?> boot, TopicProvisioner topics) {
        return new KafkaBroker(producers(boot), topics, properties.outbox().sendTimeout());
    }

    @Bean
    OutboxRelay outboxRelay(Outbox outbox, Broker outboxBroker, DataSource dataSource, BusStatus status) {
        return new OutboxRelay(
                outbox,
                outboxBroker,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                status,
                new OutboxRelay.Settings(
                        properties.outbox().batchSize(),
                        properties.outbox().pollInterval(),
                        properties.outbox().holdKeyFor()));
    }

    @Bean
    OutboxCleaner outboxCleaner(Outbox outbox, BusStatus status) {
        return new OutboxCleaner(outbox, status);
    }

    private Supplier<Producer<String, byte[]>> producers(ProducerFactory<?, ?> boot) {
        Map<String, Object> settings = new HashMap<>(boot.getConfigurationProperties());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Nothing may be on its way behind a message that the broker refuses; a request may be large instead.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.toIntExact(BATCH_SIZE.toBytes()));
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Math.toIntExact(properties.messages().maximumSize().toBytes()));
        // The relay says when all of a wave is given. Sent one by one as they come, they would make many small
        // requests.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, WAVE_AT_MOST.toMillis());
        Duration patience = properties.outbox().sendTimeout();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
        settings.merge(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.toIntExact(patience.minus(WAVE_AT_MOST).toMillis()),
                (given, longest) -> Math.min(Integer.parseInt(given.toString()), (int) longest));
        return () -> new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Bean
    Administration brokerAdministration(KafkaAdmin boot) {
        return new Administration(boot.getConfigurationProperties());
    }

    @Bean
    TopicProvisioner topicProvisioner(Administration administration) {
        return new TopicProvisioner(administration.admin(), properties.topics().partitions());
    }

    @Bean
    KafkaSubscription kafkaSubscription(
            @Value("${spring.application.name}") String service,
            ConsumerFactory<?, ?> boot,
            TopicProvisioner topics,
            BatchProcessor processor,
            BusStatus status) {
        return new KafkaSubscription(
                service,
                properties.consumer().concurrency(),
                properties.consumer().rest(),
                consumers(boot),
                topics,
                processor::topics,
                processor::process,
                status);
    }

    /**
     * A service that can be rebuilt listens to replays, in a consumer group of its own. Who asks for the service's
     * subscription does not mean this one.
     */
    @Bean(defaultCandidate = false)
    @ConditionalOnBean(Projection.class)
    KafkaSubscription replaySubscription(
            @Value("${spring.application.name}") String service,
            ConsumerFactory<?, ?> boot,
            TopicProvisioner topics,
            ReplayReceiver receiver,
            BusStatus status) {
        String topic = ReplayedMessage.topicOf(service);
        return new KafkaSubscription(
                topic,
                1,
                properties.consumer().rest(),
                consumers(boot),
                topics,
                () -> Set.of(topic),
                receiver::receive,
                status);
    }

    private ConsumerFactory<String, EnvelopeDraft> consumers(ConsumerFactory<?, ?> boot) {
        Map<String, Object> settings = new HashMap<>(boot.getConfigurationProperties());
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.consumer().maximumBatch());
        return new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new EnvelopeDeserializer());
    }

    @Bean
    KafkaHealthIndicator kafkaHealthIndicator(Administration administration) {
        return new KafkaHealthIndicator(administration.admin());
    }

    @Bean
    OutboxMetrics outboxMetrics(Outbox outbox) {
        return new OutboxMetrics(outbox);
    }

    @Bean
    OutboxHealthIndicator outboxHealthIndicator(Outbox outbox) {
        return new OutboxHealthIndicator(outbox);
    }
}
