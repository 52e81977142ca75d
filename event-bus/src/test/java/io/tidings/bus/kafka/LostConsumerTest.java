package io.tidings.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeDraft;
import io.tidings.bus.operations.BusStatus;
import io.tidings.infrastructure.EmbeddedInfrastructure;
import io.tidings.infrastructure.EmbeddedOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Consumers that fail, or whose client does, in ways that it does not recover from. */
class LostConsumerTest {

    private static final EmbeddedInfrastructure broker = new EmbeddedInfrastructure(EmbeddedOptions.defaults()
            .withKafkaSetting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .withKafkaSetting("allow.everyone.if.no.acl.found", "true"));
    private static final Administration administration =
            new Administration(Map.of("bootstrap.servers", broker.kafkaBootstrapServers()));

    private final String name = "notes-" + UUID.randomUUID();
    private final BusStatus status = new BusStatus();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final AtomicBoolean handlerFails = new AtomicBoolean();
    private final Consumers consumers = new Consumers();
    private final KafkaSubscription subscription = new KafkaSubscription(
            name,
            1,
            Duration.ZERO,
            consumers,
            new TopicProvisioner(administration.admin(), 1),
            () -> Set.of(name),
            this::handle,
            status);

    /** Makes consumers that do as they are told. */
    private static final class Consumers extends WatchedConsumers {

        private final AtomicInteger made = new AtomicInteger();
        private final AtomicReference<@Nullable RuntimeException> betweenAttempts = new AtomicReference<>();
        private final AtomicReference<@Nullable Error> atPoll = new AtomicReference<>();
        private volatile int mayNotBeMade;

        Consumers() {
            super(broker.kafkaBootstrapServers());
        }

        @Override
        protected Consumer<String, EnvelopeDraft> createRawConsumer(Map<String, Object> settings) {
            if (made.incrementAndGet() == mayNotBeMade) {
                throw new IllegalStateException("as if there were no memory for its buffers");
            }
            return super.createRawConsumer(settings);
        }

        @Override
        void beforePoll(Consumer<?, ?> consumer, Duration timeout) {
            Error error = atPoll.getAndSet(null);
            if (error != null) {
                throw error;
            }
            RuntimeException failure = timeout.isZero() ? betweenAttempts.getAndSet(null) : null;
            if (failure != null) {
                throw failure;
            }
        }
    }

    private void handle(List<Envelope> messages) {
        if (handlerFails.get()) {
            throw new IllegalStateException("The database is away.");
        }
        // What comes again is dropped, as the inbox does.
        messages.stream()
                .map(Envelope::key)
                .filter(key -> !handled.contains(key))
                .forEach(handled::add);
    }

    @AfterEach
    void stop() {
        subscription.stop();
    }

    @AfterAll
    static void end() {
        administration.close();
        broker.close();
    }

    @Test
    void a_service_that_may_not_read_in_its_group_for_a_while_hears_again_when_it_may() throws Exception {
        subscription.start();
        send("before");
        awaitHandled("before");

        AclBinding ban = new AclBinding(
                new ResourcePattern(ResourceType.GROUP, name, PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.READ, AclPermissionType.DENY));
        administration.admin().createAcls(List.of(ban)).all().get();
        await().atMost(Duration.ofSeconds(30)).until(() -> status.waiting().containsKey("subscription"));
        administration
                .admin()
                .deleteAcls(List.of(new AclBindingFilter(ban.pattern().toFilter(), AccessControlEntryFilter.ANY)))
                .all()
                .get();
        send("after");

        awaitHandled("before", "after");
        awaitWorking();
    }

    static Stream<RuntimeException> failures() {
        return Stream.of(new TopicAuthorizationException(Set.of("another topic")), new TimeoutException("not now"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_poll_that_fails_between_two_attempts_at_a_batch_does_not_skip_the_batch(RuntimeException failure)
            throws Exception {
        subscription.start();
        send("1");
        awaitHandled("1");

        handlerFails.set(true);
        send("2");
        await().until(() -> status.waiting().keySet().stream().anyMatch(who -> who.startsWith("consumer")));
        consumers.betweenAttempts.set(failure);
        await().atMost(Duration.ofSeconds(30)).until(() -> consumers.betweenAttempts.get() == null);
        handlerFails.set(false);
        send("3");

        awaitHandled("1", "2", "3");
        awaitWorking();
    }

    @Test
    void a_consumer_that_cannot_be_made_again_is_made_later() throws Exception {
        subscription.start();
        send("before");
        awaitHandled("before");

        consumers.mayNotBeMade = consumers.made.get() + 1;
        consumers.atPoll.set(new OutOfMemoryError("as if"));
        await().atMost(Duration.ofSeconds(30)).until(() -> status.waiting().containsKey("subscription"));
        send("after");

        awaitHandled("before", "after");
        awaitWorking();
        assertThat(consumers.made).hasValue(3);
    }

    private void send(String key) throws InterruptedException, ExecutionException {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.kafkaBootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(name, key, "{}".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private void awaitHandled(String... keys) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(handled).containsExactly(keys));
    }

    private void awaitWorking() {
        await().atMost(Duration.ofSeconds(30)).until(() -> status.waiting().isEmpty());
    }
}
