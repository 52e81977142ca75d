package io.tidings.bus.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidings.bus.ExpiringTable;
import io.tidings.bus.MessageRecorder;
import io.tidings.bus.Projection;
import io.tidings.bus.deadletter.DeadLetterList;
import io.tidings.bus.deadletter.DeadLetters;
import io.tidings.bus.deadletter.ParkedKeys;
import io.tidings.bus.handling.Arrivals;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.handling.DefaultFailureClassifier;
import io.tidings.bus.handling.FailureClassifier;
import io.tidings.bus.handling.HandlerRegistry;
import io.tidings.bus.handling.LiveArrivals;
import io.tidings.bus.handling.Recipients;
import io.tidings.bus.handling.Redrive;
import io.tidings.bus.handling.ReplayedArrivals;
import io.tidings.bus.handling.Retries;
import io.tidings.bus.inbox.Inbox;
import io.tidings.bus.inprocess.InProcessConfiguration;
import io.tidings.bus.kafka.KafkaConfiguration;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.operations.BusHealthIndicator;
import io.tidings.bus.operations.BusMetrics;
import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Cleaner;
import io.tidings.bus.operations.DeadLetterHealthIndicator;
import io.tidings.bus.operations.DeadLetterMetrics;
import io.tidings.bus.operations.Subscription;
import io.tidings.bus.operations.SubscriptionHealthIndicator;
import io.tidings.bus.outbox.OutboxDataSource;
import io.tidings.bus.publishing.DepartureAtCommit;
import io.tidings.bus.publishing.PersistenceContext;
import io.tidings.bus.publishing.Publications;
import io.tidings.bus.publishing.TransactionalEventBus;
import io.tidings.bus.publishing.Transport;
import io.tidings.bus.replay.ReplayGate;
import io.tidings.bus.replay.ReplayReceiver;
import io.tidings.bus.replay.SecondCopy;
import io.tidings.bus.sharing.SharedTransactions;
import io.tidings.bus.web.IdempotencyKeys;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.util.List;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.dao.support.ChainedPersistenceExceptionTranslator;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.ErrorResponseException;

/**
 * Puts the event bus together for an application with a database. Its name, {@code spring.application.name}, is its
 * consumer group, the source of its messages, and the name of its dead letters.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        },
        beforeName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(BusProperties.class)
@Import({
    AsyncApiConfiguration.class,
    EventBusAutoConfiguration.WithJpa.class,
    EventBusAutoConfiguration.WithFlyway.class,
    EventBusAutoConfiguration.WithWeb.class,
    KafkaConfiguration.class,
    InProcessConfiguration.class,
    OpenApiConfiguration.class,
    OperatorDoorsConfiguration.class,
    TestDoorConfiguration.class,
    WebFlowConfiguration.class,
    WebProblemConfiguration.class
})
public class EventBusAutoConfiguration {

    private final String service;
    private final BusProperties properties;

    EventBusAutoConfiguration(@Value("${spring.application.name:}") String service, BusProperties properties) {
        if (service.isBlank()) {
            throw new IllegalStateException(
                    "The event bus needs the service's name: set spring.application.name, such as order-service.");
        }
        this.service = service;
        this.properties = properties;
    }

    @Bean
    MessageCodec messageCodec() {
        return new MessageCodec();
    }

    @Bean
    EnvelopeFactory envelopeFactory(MessageCodec codec, ObjectProvider<Clock> clock) {
        return new EnvelopeFactory(
                service,
                properties.messages().namespace(),
                Math.toIntExact(properties.messages().maximumSize().toBytes()),
                codec,
                clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    Publications publications(ListableBeanFactory beans) {
        return new Publications(service, beans);
    }

    @Bean
    TransactionalEventBus eventBus(
            Publications publications,
            EnvelopeFactory envelopes,
            Transport transport,
            PlatformTransactionManager transactions,
            ObjectProvider<PersistenceContext> persistenceContext) {
        return new TransactionalEventBus(
                publications,
                envelopes,
                transport,
                new TransactionTemplate(transactions),
                persistenceContext.getIfAvailable(() -> () -> {}));
    }

    @Bean
    SharedTransactions sharedTransactions(PlatformTransactionManager transactions, BusMetrics metrics) {
        BusProperties.SharedTransactions settings = properties.sharedTransactions();
        return new SharedTransactions(
                new TransactionTemplate(transactions),
                settings.concurrency(),
                settings.maximumBatch(),
                settings.rest(),
                metrics::sharedTransaction);
    }

    /** For every transaction manager of the application, whoever made it; before anything hides what it is. */
    @Bean
    static BeanPostProcessor messagesDepartAtCommit() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof ConfigurableTransactionManager transactions) {
                    transactions.addListener(new DepartureAtCommit());
                }
                return bean;
            }
        };
    }

    /** For every data source of the application, since any may have the outbox. */
    @Bean
    static BeanPostProcessor outboxDataSources() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource pool ? new OutboxDataSource(pool) : bean;
            }
        };
    }

    @Bean
    HandlerRegistry handlerRegistry(ListableBeanFactory beans) {
        return new HandlerRegistry(beans);
    }

    @Bean
    @ConditionalOnMissingBean
    FailureClassifier failureClassifier() {
        return new DefaultFailureClassifier();
    }

    @Bean
    Inbox inbox(JdbcTemplate jdbc) {
        return new Inbox(jdbc);
    }

    @Bean
    Cleaner cleaner(JdbcTemplate jdbc, ObjectProvider<ExpiringTable> others, BusStatus status) {
        return new Cleaner(jdbc, properties.inbox().retention(), others.stream().toList(), status);
    }

    @Bean
    BatchProcessor batchProcessor(BatchProcessors processors, ReplayGate gate, ObjectProvider<Projection> projections) {
        boolean canBeRebuilt = projections.stream().findAny().isPresent();
        return processors.with(canBeRebuilt ? gate.whileOpen() : gate.transactions(), LiveArrivals::new);
    }

    @Bean
    ReplayReceiver replayReceiver(
            BatchProcessors processors, ReplayGate gate, JdbcTemplate jdbc, ObjectProvider<Projection> projections) {
        List<Projection> all = projections.stream().toList();
        SecondCopy copy = new SecondCopy(jdbc, all);
        return new ReplayReceiver(
                gate, all, copy, processors.with(copy.transactions(gate.transactions()), ReplayedArrivals::new));
    }

    @Bean
    ReplayGate replayGate(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new ReplayGate(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    Recipients recipients(HandlerRegistry registry, MessageCodec codec, ObjectProvider<MessageRecorder> recorders) {
        return new Recipients(registry, codec, recorders.stream().toList());
    }

    @Bean
    DeadLetters deadLetters(JdbcTemplate jdbc) {
        return new DeadLetters(jdbc);
    }

    @Bean
    ParkedKeys parkedKeys(JdbcTemplate jdbc) {
        return new ParkedKeys(jdbc);
    }

    @Bean
    DeadLetterList deadLetterList(JdbcTemplate jdbc) {
        return new DeadLetterList(jdbc);
    }

    /** Live messages and those of the past are taken alike, but for their transactions and for what is noted of them. */
    @FunctionalInterface
    interface BatchProcessors {
        BatchProcessor with(TransactionOperations transactions, BiFunction<Inbox, Recipients, Arrivals> arrivals);
    }

    @Bean
    BatchProcessors batchProcessors(
            Recipients recipients,
            Inbox inbox,
            DeadLetters deadLetters,
            TransactionalEventBus bus,
            FailureClassifier classifier,
            BusMetrics metrics) {
        return (transactions, arrivals) -> new BatchProcessor(
                service,
                recipients,
                arrivals.apply(inbox, recipients),
                deadLetters,
                bus,
                classifier,
                transactions,
                retries(),
                metrics);
    }

    @Bean
    Redrive redrive(
            Recipients recipients,
            DeadLetters deadLetters,
            ParkedKeys parkedKeys,
            TransactionalEventBus bus,
            FailureClassifier classifier,
            PlatformTransactionManager transactions,
            BusMetrics metrics) {
        return new Redrive(
                service,
                recipients,
                deadLetters,
                parkedKeys,
                bus,
                classifier,
                new TransactionTemplate(transactions),
                retries(),
                properties.deadLetters().longestRedrive(),
                metrics);
    }

    private Retries retries() {
        return new Retries(
                properties.retry().attempts(),
                properties.retry().firstPause(),
                properties.retry().longestPause(),
                properties.retry().longestBatch());
    }

    @Bean
    DeadLetterHealthIndicator deadLettersHealthIndicator(ParkedKeys parkedKeys) {
        return new DeadLetterHealthIndicator(parkedKeys);
    }

    @Bean
    DeadLetterMetrics deadLetterMetrics(ParkedKeys parkedKeys) {
        return new DeadLetterMetrics(parkedKeys);
    }

    @Bean
    BusStatus busStatus() {
        return new BusStatus();
    }

    @Bean
    BusHealthIndicator eventBusHealthIndicator(BusStatus status) {
        return new BusHealthIndicator(status);
    }

    /** Without a list that Spring makes of default candidates only: a replay's subscription is none, and counts too. */
    @Bean
    SubscriptionHealthIndicator subscriptionHealthIndicator(ListableBeanFactory beans) {
        return new SubscriptionHealthIndicator(
                List.copyOf(beans.getBeansOfType(Subscription.class).values()));
    }

    @Bean
    BusMetrics busMetrics(ObjectProvider<MeterRegistry> meters) {
        return new BusMetrics(meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    /** With JPA, changes are written before the messages that tell of them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EntityManager.class)
    @ConditionalOnBean(EntityManagerFactory.class)
    static class WithJpa {

        @Bean
        PersistenceContext persistenceContext(
                EntityManager entityManager, ObjectProvider<PersistenceExceptionTranslator> translators) {
            ChainedPersistenceExceptionTranslator translator = new ChainedPersistenceExceptionTranslator();
            translators.forEach(translator::addDelegate);
            return () -> {
                try {
                    entityManager.flush();
                } catch (RuntimeException failure) {
                    // In the words in which the commit would have told it.
                    throw DataAccessUtils.translateIfNecessary(failure, translator);
                }
            };
        }
    }

    /** Whoever is asked by HTTP may be asked again. Others need not have the classes. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ErrorResponseException.class)
    static class WithWeb {

        @Bean
        IdempotencyKeys idempotencyKeys(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
            return new IdempotencyKeys(jdbc, new TransactionTemplate(transactions));
        }
    }

    /** With Flyway, the bus's tables come by themselves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(FlywayConfigurationCustomizer.class)
    static class WithFlyway {

        @Bean
        @Order(0)
        FlywayConfigurationCustomizer eventBusTables() {
            return flyway -> {
                var locations = new java.util.ArrayList<>(List.of(flyway.getLocations()));
                locations.add(org.flywaydb.core.api.Location.fromPath("classpath:", "db/event-bus"));
                flyway.locations(locations.toArray(org.flywaydb.core.api.Location[]::new));
            };
        }
    }
}
