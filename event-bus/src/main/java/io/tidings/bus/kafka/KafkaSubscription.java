package io.tidings.bus.kafka;

import io.tidings.bus.handling.BatchUnfinishedException;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Pace;
import io.tidings.bus.operations.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ConsumerRetryAuthSuccessfulEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Listens to all topics of a service in one consumer group, and gives each poll's records to one receiver.
 * Offsets are committed after the database, and not each time: what was done and not committed comes again, and the inbox
 * drops it.
 */
final class KafkaSubscription implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(KafkaSubscription.class);
    private static final String SUBSCRIPTION = "subscription";
    private static final Duration AT_REST = Duration.ofSeconds(1);
    /** Each commit costs the broker about as much as a message. */
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(250);

    private final String group;
    private final int concurrency;
    private final Duration rest;
    private final ConsumerFactory<String, byte[]> consumers;
    private final TopicProvisioner provisioner;
    private final Supplier<Set<String>> topics;
    private final Consumer<List<Envelope>> receiver;
    private final BusStatus status;
    private volatile boolean begun;
    private @Nullable Thread subscribing;
    private @Nullable ConcurrentMessageListenerContainer<String, byte[]> container;

    /** @param topics asked for when it starts */
    KafkaSubscription(
            String group,
            int concurrency,
            Duration rest,
            ConsumerFactory<String, byte[]> consumers,
            TopicProvisioner provisioner,
            Supplier<Set<String>> topics,
            Consumer<List<Envelope>> receiver,
            BusStatus status) {
        this.group = group;
        this.concurrency = concurrency;
        this.rest = rest;
        this.consumers = consumers;
        this.provisioner = provisioner;
        this.topics = topics;
        this.receiver = receiver;
        this.status = status;
    }

    @Override
    public synchronized void start() {
        if (topics.get().isEmpty()) {
            log.info("No handlers, so {} listens to no topics.", group);
            begun = true;
            return;
        }
        subscribing = Thread.ofVirtual().name(group + "-subscribing").start(this::subscribe);
    }

    /** A service that starts while the broker is away is there, and subscribes as soon as it can. */
    private void subscribe() {
        Pace pace = Pace.ofInfrastructure();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                provisioner.ensure(topics.get());
                listen();
                status.working(SUBSCRIPTION);
                break;
            } catch (RuntimeException unreachable) {
                status.waiting(SUBSCRIPTION, unreachable);
                LockSupport.parkNanos(pace.pause().toNanos());
                pace = pace.slower();
            }
        }
        begun = begun || provisioner.awaitLeaders(topics.get());
    }

    private synchronized void listen() {
        if (subscribing == null) {
            return; // it was stopped meanwhile
        }
        ContainerProperties properties = new ContainerProperties(topics.get().toArray(String[]::new));
        properties.setGroupId(group);
        properties.setMessageListener((BatchMessageListener<String, byte[]>) this::receive);
        properties.setAckMode(ContainerProperties.AckMode.TIME);
        properties.setAckTime(BETWEEN_COMMITS.toMillis());
        // A last commit is due even if no message follows.
        properties.setPollTimeout(BETWEEN_COMMITS.toMillis());
        MissedCommits missed = new MissedCommits();
        properties.setSyncCommits(false);
        properties.setCommitCallback(missed);
        properties.setIdlePartitionEventInterval(AT_REST.toMillis());
        properties.setMissingTopicsFatal(false);
        properties.setIdleBetweenPolls(rest.toMillis());
        properties.setAuthExceptionRetryInterval(Pace.ofInfrastructure().longest());
        ConcurrentMessageListenerContainer<String, byte[]> created =
                new ConcurrentMessageListenerContainer<>(consumers, properties);
        created.setBeanName(group);
        created.setApplicationEventPublisher(event -> {
            missed.publishEvent(event);
            hear(event, created);
        });
        created.setConcurrency(concurrency);
        created.setCommonErrorHandler(patientHandler());
        created.start();
        container = created;
        log.info("{} listens to {}.", group, topics.get());
    }

    private void receive(List<ConsumerRecord<String, byte[]>> records) {
        String consumer = "consumer " + Thread.currentThread().getName();
        try {
            receiver.accept(records.stream().map(KafkaRecords::toEnvelope).toList());
            status.working(consumer);
        } catch (BatchUnfinishedException unfinished) {
            throw unfinished;
        } catch (RuntimeException failure) {
            status.waiting(consumer, failure);
            throw failure;
        } catch (Error failure) {
            status.waiting(consumer, failure);
            // Thrown on as it is, it would end the consumer for good.
            throw new IllegalStateException("A batch failed with an error and is given again.", failure);
        }
    }

    /** Hears from a container what becomes of its consumers. None may end without anyone's knowledge. */
    private void hear(Object event, ConcurrentMessageListenerContainer<String, byte[]> teller) {
        switch (event) {
            case ConsumerRetryAuthEvent refused ->
                status.waiting(
                        SUBSCRIPTION,
                        new IllegalStateException("Kafka refuses %s (%s): mend its login, or what it may read."
                                .formatted(group, refused.getReason())));
            case ConsumerRetryAuthSuccessfulEvent let -> status.working(SUBSCRIPTION);
            case ConsumerStoppedEvent stopped
            when stopped.getReason() != ConsumerStoppedEvent.Reason.NORMAL -> {
                status.waiting(
                        SUBSCRIPTION,
                        new IllegalStateException("A consumer of %s ended by itself (%s) and is begun again."
                                .formatted(group, stopped.getReason())));
                Thread.ofVirtual().name(group + "-resubscribing").start(() -> beginAgain(teller));
            }
            default -> {}
        }
    }

    private void beginAgain(ConcurrentMessageListenerContainer<String, byte[]> ended) {
        LockSupport.parkNanos(Pace.ofInfrastructure().longest().toNanos());
        ended.stop();
        synchronized (this) {
            if (container == ended) {
                listen();
                status.working(SUBSCRIPTION);
            }
        }
    }

    /** What the processor throws says nothing against the messages, so they are given again until it takes them. */
    private static DefaultErrorHandler patientHandler() {
        Pace pace = Pace.ofInfrastructure();
        ExponentialBackOff backOff = new ExponentialBackOff(pace.step().toMillis(), 2);
        backOff.setMaxInterval(pace.longest().toMillis());
        DefaultErrorHandler handler = new DefaultErrorHandler(backOff);
        handler.setClassifications(
                Map.of(), true); // otherwise it gives some up at once, by the classes of their causes
        return handler;
    }

    @Override
    public void stop() {
        ConcurrentMessageListenerContainer<String, byte[]> running;
        synchronized (this) {
            if (subscribing != null) {
                subscribing.interrupt();
                subscribing = null;
            }
            running = container;
            container = null;
        }
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public boolean hasBegun() {
        return begun;
    }

    @Override
    public synchronized boolean isRunning() {
        return subscribing != null;
    }
}
