package io.tidings.bus.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.bus.notes.NoteApplication;
import io.tidings.bus.notes.NoteFiled;
import io.tidings.bus.notes.NoteHandlers;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.bus.notes.Notebooks;
import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.OutboxHealthIndicator;
import io.tidings.bus.publishing.TransactionalEventBus;
import io.tidings.infrastructure.EmbeddedInfrastructure;
import io.tidings.infrastructure.EmbeddedOptions;
import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.OnInfrastructure;
import io.tidings.infrastructure.test.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.policy.CreateTopicPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Between the service and a broker of its own stands a network that fails; and the broker lets not everyone write. */
@SpringBootTest(
        classes = NoteApplication.class,
        properties = {
            "spring.application.name=far-away-notes",
            "tidings.outbox.hold-key-for=200ms",
            "tidings.outbox.send-timeout=3s"
        })
@Import(Notebooks.class)
@OnInfrastructure(Part.POSTGRES)
@DirtiesContext
class RelayOverBadNetworkTest {

    /** As it is set above. */
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(3);

    private static final TcpProxy network = TcpProxy.open();

    private static final EmbeddedInfrastructure broker = new EmbeddedInfrastructure(EmbeddedOptions.defaults()
            .withKafkaSetting("advertised.listeners", "CLIENTS://127.0.0.1:%d".formatted(network.port()))
            .withKafkaSetting("create.topic.policy.class.name", Closed.class.getName())
            .withKafkaSetting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .withKafkaSetting("allow.everyone.if.no.acl.found", "true"));

    @DynamicPropertySource
    static void through_the_network(DynamicPropertyRegistry properties) {
        properties.add("spring.kafka.bootstrap-servers", RelayOverBadNetworkTest::address);
    }

    private static String address() {
        String real = broker.kafkaBootstrapServers();
        network.to(Integer.parseInt(real.substring(real.lastIndexOf(':') + 1)));
        return "127.0.0.1:%d".formatted(network.port());
    }

    @AfterAll
    static void end() {
        network.close();
        broker.close();
    }

    @Autowired
    Notebooks notebooks;

    @Autowired
    TransactionalEventBus bus;

    @Autowired
    NoteHandlers handlers;

    @Autowired
    EnvelopeFactory envelopes;

    @Autowired
    BusStatus status;

    @Autowired
    Outbox outbox;

    @Autowired
    OutboxHealthIndicator health;

    @Test
    void a_network_that_is_cut_in_the_middle_of_a_batch_loses_doubles_and_reorders_nothing() {
        int pages = 20;
        List<String> names =
                IntStream.range(0, 30).mapToObj(number -> notebooks.anyName()).toList();
        notebooks.turnPage(names.getFirst(), "before");
        notebooks.awaitApplied(names.getFirst(), 1);

        network.cutAfter(20_000);
        for (int page = 1; page <= pages; page++) {
            names.forEach(
                    notebook -> notebooks.turnPage(notebook, "a text of some length, so that there is more to cut"));
        }
        await().atMost(Duration.ofSeconds(30)).until(network::isCut);
        await().atMost(Duration.ofSeconds(30)).until(() -> status.waiting().containsKey("relay"));
        network.mend();

        Integer[] inOrder = IntStream.rangeClosed(1, pages).boxed().toArray(Integer[]::new);
        notebooks.awaitApplied(
                names.getFirst(), IntStream.rangeClosed(1, pages + 1).boxed().toArray(Integer[]::new));
        names.stream().skip(1).forEach(notebook -> notebooks.awaitApplied(notebook, inOrder));
        notebooks.awaitNothingWaiting();
        await().until(() -> !status.waiting().containsKey("relay"));
    }

    /** Whether a cut hits the commit itself is chance, hence several. */
    @RepeatedTest(3)
    void what_was_taken_when_the_network_was_cut_is_committed_in_the_end_though_no_message_follows() throws Exception {
        String notebook = notebooks.anyName();
        NoteTaken note = notebooks.nextNote(notebook, "the last of all");
        CountDownLatch gate = handlers.hold(notebook);
        bus.publish(note);
        await().atMost(Duration.ofSeconds(30)).until(() -> handlers.attemptsAt(note) == 1);
        notebooks.awaitNothingWaiting();

        network.cutAfter(1);
        gate.countDown();
        await().atMost(Duration.ofSeconds(30)).until(network::isCut);
        network.mend();

        notebooks.awaitApplied(notebook, 1);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            await("the service to say that it has read all")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(committed(admin)).isEqualTo(ends(admin)));
        }
    }

    /** Where the service has read to in each partition of the notes, if it has read anything. */
    private static Map<TopicPartition, Long> committed(Admin admin) throws Exception {
        return admin
                .listConsumerGroupOffsets("far-away-notes")
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .filter(offset -> offset.getKey().topic().equals("notes"))
                .filter(offset -> offset.getValue().offset() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
        return ends(admin, "notes");
    }

    /** How far each partition of a topic is filled, if it holds anything. */
    private static Map<TopicPartition, Long> ends(Admin admin, String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> partitions =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(topic, partition.partition()),
                                partition -> OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get().entrySet().stream()
                .filter(end -> end.getValue().offset() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    @Test
    void a_topic_that_the_service_may_not_write_to_holds_its_keys_back_and_no_others() throws Exception {
        String forbidden = notebooks.anyName();
        String other = notebooks.anyName();
        AclBinding ban = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "filed", PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.WRITE, AclPermissionType.DENY));

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            admin.createAcls(List.of(ban)).all().get();
            bus.publish(new NoteFiled(forbidden, 1));
            bus.publish(new NoteFiled(forbidden, 2));
            notebooks.take(forbidden, "waits too, although it goes to another topic");
            await("several attempts at all of them")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> outbox.refused(0, 10).stream().anyMatch(held -> held.refusals() > 2));
            notebooks.take(other, "goes on");
            notebooks.awaitApplied(other, 1);

            assertThat(outbox.refused(0, 10)).singleElement().satisfies(held -> {
                assertThat(held.key()).isEqualTo(forbidden);
                assertThat(held.topic()).isEqualTo("filed");
                assertThat(held.reason()).contains("TopicAuthorizationException");
                assertThat(held.behind()).isEqualTo(2);
            });
            await().untilAsserted(() ->
                    assertThat(health.health().getDetails()).containsEntry("heldKeys", List.of(forbidden)));

            admin.deleteAcls(List.of(new AclBindingFilter(ban.pattern().toFilter(), AccessControlEntryFilter.ANY)))
                    .all()
                    .get();
        }
        notebooks.awaitNothingWaiting();
        assertThat(outbox.refused(0, 10)).isEmpty();
    }

    enum Maker {
        OPERATOR,
        SERVICE
    }

    @ParameterizedTest
    @EnumSource
    void a_topic_that_is_not_there_holds_its_keys_back_and_no_others_until_somebody_makes_it(Maker maker)
            throws Exception {
        String topic = Closed.TOPIC + maker;
        String lost = notebooks.anyName();
        String other = notebooks.anyName();

        bus.pass(onTopic(topic, envelopes.seal(new NoteFiled(lost, 1))));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !outbox.refused(0, 10).isEmpty());
        notebooks.take(other, "goes on");
        notebooks.awaitApplied(other, 1);

        assertThat(outbox.refused(0, 10)).singleElement().satisfies(held -> {
            assertThat(held.key()).isEqualTo(lost);
            assertThat(held.reason()).contains("Topic %s not present".formatted(topic));
        });
        await().until(() -> !status.waiting().containsKey("relay"));
        Closed.open.add(topic);
        if (maker == Maker.OPERATOR) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
                admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                        .all()
                        .get();
            }
        }
        notebooks.awaitNothingWaiting();
    }

    @Test
    void a_topic_that_is_not_there_is_waited_for_by_none_of_the_rounds_that_have_messages_of_it() throws Exception {
        String topic = Closed.TOPIC + "many";
        int keys = 30;
        String other = notebooks.anyName();
        long begin = System.nanoTime();

        for (int page = 1; page <= keys; page++) {
            bus.pass(onTopic(topic, envelopes.seal(new NoteFiled(notebooks.anyName(), 1))));
            notebooks.turnPage(other, "goes on");
            int pages = page;
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> notebooks.applied(other).size() == pages);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("what %d rounds took, of which none waits for the producer's patience", keys)
                .isLessThan(SEND_TIMEOUT.multipliedBy(keys).dividedBy(2));
        Closed.open.add(topic);
        notebooks.awaitNothingWaiting();
    }

    @Test
    void a_topic_that_was_deleted_meanwhile_is_made_again_and_hinders_no_other() throws Exception {
        String topic = "deleted-" + notebooks.anyName();
        String other = notebooks.anyName();
        bus.pass(onTopic(topic, envelopes.seal(new NoteFiled(notebooks.anyName(), 1))));
        notebooks.awaitNothingWaiting();

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !admin.listTopics().names().get().contains(topic));
            bus.pass(onTopic(topic, envelopes.seal(new NoteFiled(notebooks.anyName(), 1))));
            notebooks.take(other, "goes on");

            notebooks.awaitApplied(other, 1);
            notebooks.awaitNothingWaiting();
            assertThat(ends(admin, topic).values()).containsExactly(1L);
        }
    }

    /** The broker lets nobody make these topics before they are opened. */
    public static final class Closed implements CreateTopicPolicy {

        private static final String TOPIC = "nowhere-for-";
        private static final Set<String> open = ConcurrentHashMap.newKeySet();

        @Override
        public void validate(RequestMetadata request) {
            if (request.topic().startsWith(TOPIC) && !open.contains(request.topic())) {
                throw new PolicyViolationException("Nobody makes this topic yet.");
            }
        }

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void close() {}
    }

    private static Envelope onTopic(String topic, Envelope message) {
        return new Envelope(
                message.id(),
                topic,
                message.key(),
                message.type(),
                message.source(),
                message.time(),
                message.correlationId(),
                message.causationId(),
                message.traceparent(),
                message.annotations(),
                message.payload());
    }
}
