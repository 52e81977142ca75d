package io.tidings.bus.kafka;

import io.tidings.bus.handling.BatchUnfinishedException;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeDraft;
import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Pace;
import io.tidings.bus.operations.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

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
    private final ConsumerFactory<String, EnvelopeDraft> consumers;
    private final TopicProvisioner provisioner;
    private final Supplier<Set<String>> topics;
    private final Consumer<List<Envelope>> receiver;
    private final BusStatus status;
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean begun;
    private @Nullable Thread subscribing;
    private @Nullable ConcurrentMessageListenerContainer<String, EnvelopeDraft> container;
    private @Nullable ConcurrentMessageListenerContainer<String, EnvelopeDraft> replaced;

    /** @param topics asked for when it starts */
    KafkaSubscription(
            String group,
            int concurrency,
            Duration rest,
            ConsumerFactory<String, EnvelopeDraft> consumers,
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
        stopped = new CountDownLatch(1);
        subscribing = Thread.ofVirtual().name(group + "-subscribing").start(this::subscribe);
    }

    /** A service that starts while the broker is away is there, and subscribes as soon as it can. */
    private void subscribe() {
        Pace pace = Pace.ofInfrastructure();
        while (isAsked()) {
            try {
                provisioner.ensure(topics.get());
                listen();
                break;
            } catch (RuntimeException | Error failure) {
                // Thrown on, it would end the only thread that cares.
                tellWhyNot(failure);
                LockSupport.parkNanos(pace.pause().toNanos());
                pace = pace.slower();
            }
        }
        begun = begun || provisioner.awaitLeaders(topics.get(), this::isAsked);
    }

    /** Whether this thread is still the one that is to subscribe: the service may have been stopped, and started again. */
    private synchronized boolean isAsked() {
        return subscribing == Thread.currentThread();
    }

    private synchronized void tellWhyNot(Throwable failure) {
        if (isAsked()) {
            status.waiting(SUBSCRIPTION, failure);
        }
    }

    private synchronized void listen() {
        if (!isAsked()) {
            return;
        }
        ContainerProperties properties = new ContainerProperties(topics.get().toArray(String[]::new));
        properties.setGroupId(group);
        properties.setMessageListener((BatchMessageListener<String, EnvelopeDraft>) this::receive);
        properties.setAckMode(ContainerProperties.AckMode.TIME);
        properties.setAckTime(BETWEEN_COMMITS.toMillis());
        // A last commit is due even if no message follows.
        properties.setPollTimeout(BETWEEN_COMMITS.toMillis());
        MissedCommits missed = new MissedCommits();
        properties.setSyncCommits(false);
        properties.setCommitCallback(missed);
        properties.setIdlePartitionEventInterval(AT_REST.toMillis());
        properties.setMissingTopicsFatal(false);
        ConcurrentMessageListenerContainer<String, EnvelopeDraft> created =
                new ConcurrentMessageListenerContainer<>(consumers, properties);
        created.setBeanName(group);
        created.setApplicationEventPublisher(event -> {
            missed.publishEvent(event);
            hear(event, created);
        });
        created.getContainerProperties().setConsumerRebalanceListener(new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                tellThatItHears(created);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {}
        });
        created.setConcurrency(concurrency);
        created.setCommonErrorHandler(new PatientErrorHandler(failure -> replace(created, failure)));
        try {
            created.start();
        } catch (RuntimeException | Error failure) {
            created.stop(() -> {}); // of its consumers, some may run
            throw failure;
        }
        container = created;
        log.info("{} listens to {}.", group, topics.get());
    }

    /** Only once the broker gives it its part: one that is begun may be refused at once. */
    private synchronized void tellThatItHears(ConcurrentMessageListenerContainer<String, EnvelopeDraft> begun) {
        if (container == begun && replaced != begun) {
            status.working(SUBSCRIPTION);
        }
    }

    private void receive(List<ConsumerRecord<String, EnvelopeDraft>> records) {
        String consumer = consumer();
        try {
            receiver.accept(records.stream().map(KafkaRecords::toEnvelope).toList());
            status.working(consumer);
            letMessagesGather();
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

    /** Only behind a batch: the container's own pause between polls would delay the first message after a silence, too. */
    private void letMessagesGather() {
        try {
            stopped.await(rest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static String consumer() {
        return "consumer " + Thread.currentThread().getName();
    }

    /** Hears from a container what becomes of its consumers. None may end without anyone's knowledge. */
    private void hear(Object event, ConcurrentMessageListenerContainer<String, EnvelopeDraft> teller) {
        if (event instanceof ConsumerStoppedEvent stopped) {
            status.working(consumer()); // it waits for nothing any longer; another may have its messages
            if (stopped.getReason() != ConsumerStoppedEvent.Reason.NORMAL) {
                replace(teller, new IllegalStateException(reason(stopped.getReason())));
            }
        }
    }

    private String reason(ConsumerStoppedEvent.Reason reason) {
        return reason == ConsumerStoppedEvent.Reason.AUTH
                ? "Kafka refuses %s: mend its login, or what it may read.".formatted(group)
                : "A consumer of %s ended by itself (%s) and is begun again.".formatted(group, reason);
    }

    /** Begins again with other consumers. Several of a container may ask for it; the first is heard. */
    private synchronized void replace(
            ConcurrentMessageListenerContainer<String, EnvelopeDraft> ended, RuntimeException failure) {
        if (container != ended || replaced == ended) {
            return;
        }
        replaced = ended;
        status.waiting(SUBSCRIPTION, failure);
        subscribing = Thread.ofVirtual().name(group + "-resubscribing").start(() -> {
            ended.stop();
            LockSupport.parkNanos(Pace.ofInfrastructure().longest().toNanos());
            subscribe();
        });
    }

    @Override
    public void stop() {
        ConcurrentMessageListenerContainer<String, EnvelopeDraft> running;
        synchronized (this) {
            if (subscribing != null) {
                subscribing.interrupt();
                subscribing = null;
            }
            running = container;
            container = null;
            stopped.countDown();
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
