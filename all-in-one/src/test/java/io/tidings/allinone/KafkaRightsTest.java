package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.message.ReplayedMessage;
import io.tidings.bus.publishing.DeadLetter;
import io.tidings.infrastructure.EmbeddedInfrastructure;
import io.tidings.infrastructure.EmbeddedOptions;
import io.tidings.rights.Login;
import io.tidings.rights.Right;
import io.tidings.rights.Rights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rights that the containers run with, {@code docker/kafka/rights}, on a broker with logins: it lets each service do what
 * its contracts say, and nothing else.
 */
@OnQuietSystem
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaRightsTest {

    private static final Path FILE = Path.of("..", "docs").resolve(ContractDocuments.RIGHTS);
    private static final String OPERATOR = "operator";
    private static final String RECORDER = "audit-service";
    private static final String NOBODYS = "nobodys";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AsyncApi contracts;
    private final Map<String, String> passwords;
    private final EmbeddedInfrastructure infrastructure;
    private final TreeSet<String> topics = new TreeSet<>(Set.of(NOBODYS));
    private final TreeSet<String> groups = new TreeSet<>(Set.of(NOBODYS));
    private Admin operator;

    KafkaRightsTest(Tidings tidings) {
        contracts = ContractDocuments.of(tidings).asyncApi();
        passwords = Stream.concat(services(), Stream.of(OPERATOR))
                .collect(Collectors.toMap(
                        Function.identity(), login -> UUID.randomUUID().toString()));
        infrastructure = new EmbeddedInfrastructure(EmbeddedOptions.defaults().withKafkaLogins(OPERATOR, passwords));
        services().forEach(service -> {
            topics.addAll(contracts.toldBy(service));
            topics.addAll(contracts.heardBy(service));
            topics.add(DeadLetter.topicOf(service));
            topics.add(ReplayedMessage.topicOf(service));
            groups.add(service);
            groups.add(ReplayedMessage.topicOf(service));
        });
    }

    static Stream<String> services() {
        return Service.BEHIND_THE_GATEWAY.stream().map(Service::name);
    }

    @BeforeAll
    void start() throws Exception {
        operator = Admin.create(settings(OPERATOR));
        Rights.in(FILE).applyTo(operator);
        operator.createTopics(topics.stream()
                        .map(topic -> new NewTopic(topic, 1, (short) 1))
                        .toList())
                .all()
                .get();
        for (String group : groups) {
            // A group that nobody was ever in can't be described.
            operator.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(NOBODYS, 0), new OffsetAndMetadata(0)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    void stop() {
        if (operator != null) {
            operator.close(Duration.ZERO);
        }
        infrastructure.close();
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_may_do_what_its_contracts_say_and_nothing_else(String service) throws Exception {
        // given
        Set<String> contracted = contractedTo(service);

        // when
        Set<String> allowed = allowedTo(service);

        // then
        assertThat(without(contracted, allowed))
                .as("what %s needs, and Kafka refuses", service)
                .isEmpty();
        assertThat(without(allowed, contracted))
                .as("what Kafka allows %s, and its contracts do not", service)
                .isEmpty();
    }

    /** By what the service says, in another way than the file is made in. */
    private Set<String> contractedTo(String service) {
        Set<String> tells = contracts.toldBy(service);
        Set<String> hears = contracts.heardBy(service);
        Set<String> contracted = new TreeSet<>();
        for (String topic : topics) {
            boolean deadLetters = topic.equals(service + ".dlt") && !hears.isEmpty();
            boolean past = service.equals(RECORDER)
                    && topic.endsWith(".replay")
                    && services().anyMatch(other -> contracts.heardBy(other).contains(topic));
            if (tells.contains(topic) || deadLetters || past) {
                contracted.addAll(says(ResourceType.TOPIC, topic, "CREATE", "DESCRIBE", "WRITE"));
            }
            if (hears.contains(topic)) {
                contracted.addAll(says(ResourceType.TOPIC, topic, "CREATE", "DESCRIBE", "READ"));
            }
        }
        for (String group : groups) {
            boolean own = group.equals(service) ? !hears.isEmpty() : hears.contains(group);
            boolean rebuildable = services()
                    .filter(other -> contracts.heardBy(other).contains(other + ".replay"))
                    .anyMatch(other -> group.equals(other) || group.equals(other + ".replay"));
            if (own) {
                contracted.addAll(says(ResourceType.GROUP, group, "DESCRIBE", "READ"));
            } else if (service.equals(RECORDER) && rebuildable) {
                contracted.addAll(says(ResourceType.GROUP, group, "DESCRIBE"));
            }
        }
        return contracted;
    }

    private static List<String> says(ResourceType kind, String name, String... operations) {
        return Stream.of(operations)
                .map(operation -> "%s %s %s".formatted(operation, kind, name))
                .toList();
    }

    /** By what the broker says, and does where it says nothing. */
    private Set<String> allowedTo(String service) throws Exception {
        Set<String> allowed = new TreeSet<>();
        try (Admin admin = Admin.create(settings(service))) {
            admin.describeTopics(topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues()
                    .forEach((topic, description) -> ifAllowed(description)
                            .forEach(described -> described
                                    .authorizedOperations()
                                    .forEach(operation -> allowed.add("%s TOPIC %s".formatted(operation, topic)))));
            admin.describeConsumerGroups(groups, new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                    .describedGroups()
                    .forEach((group, description) -> ifAllowed(description)
                            .forEach(described -> described
                                    .authorizedOperations()
                                    .forEach(operation -> allowed.add("%s GROUP %s".formatted(operation, group)))));
            admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true))
                    .authorizedOperations()
                    .get()
                    .forEach(operation -> allowed.add(operation + " CLUSTER"));
            // Whoever may create a topic and not describe it is not told so.
            admin.createTopics(
                            topics.stream()
                                    .map(topic -> new NewTopic(topic, 1, (short) 1))
                                    .toList(),
                            new CreateTopicsOptions().validateOnly(true))
                    .values()
                    .forEach((topic, creation) -> {
                        if (failureOf(creation) instanceof TopicExistsException) {
                            allowed.add("CREATE TOPIC " + topic);
                        }
                    });
        }
        return allowed;
    }

    /** Nothing if the broker does not even say. */
    private static <T> Stream<T> ifAllowed(KafkaFuture<T> answer) {
        Throwable failure = failureOf(answer);
        if (failure == null) {
            return Stream.of(answer.toCompletionStage().toCompletableFuture().join());
        }
        assertThat(failure).isInstanceOf(AuthorizationException.class);
        return Stream.empty();
    }

    private static Throwable failureOf(KafkaFuture<?> answer) {
        try {
            answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException failure) {
            return failure.getCause();
        } catch (InterruptedException | java.util.concurrent.TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    private static Set<String> without(Collection<String> all, Collection<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    @Test
    void a_service_tells_and_another_hears() {
        // when
        send("order-service", "orders", "placed");

        // then
        try (KafkaConsumer<String, String> consumer = consumer("warehouse-service", "warehouse-service")) {
            consumer.subscribe(List.of("orders"));
            await().atMost(PATIENCE)
                    .until(() -> Stream.of(consumer.poll(Duration.ofMillis(100)))
                            .flatMap(records -> records.records(new TopicPartition("orders", 0)).stream())
                            .map(ConsumerRecord::value)
                            .anyMatch("placed"::equals));
            consumer.commitSync();
        }
    }

    @Test
    void a_service_can_not_tell_what_is_anothers_to_tell() {
        assertThatThrownBy(() -> send("order-service", "payments", "paid"))
                .hasRootCauseInstanceOf(TopicAuthorizationException.class)
                .rootCause()
                .hasMessageContaining("payments");
    }

    @Test
    void a_service_can_not_hear_what_is_not_for_it() {
        try (KafkaConsumer<String, String> consumer = consumer("shipping-service", "shipping-service")) {
            consumer.subscribe(List.of("users"));

            assertThatThrownBy(() -> pollUntilItFails(consumer))
                    .isInstanceOf(TopicAuthorizationException.class)
                    .hasMessageContaining("users");
        }
    }

    @Test
    void a_service_can_not_take_anothers_messages_away_in_its_group() {
        try (KafkaConsumer<String, String> consumer = consumer("email-service", "warehouse-service")) {
            consumer.subscribe(List.of("orders"));

            assertThatThrownBy(() -> pollUntilItFails(consumer))
                    .isInstanceOf(GroupAuthorizationException.class)
                    .hasMessageContaining("warehouse-service");
        }
    }

    @Test
    void a_service_can_neither_delete_nor_change_topics_nor_give_itself_rights() {
        try (Admin admin = Admin.create(settings("order-service"))) {
            ConfigResource orders = new ConfigResource(ConfigResource.Type.TOPIC, "orders");
            AlterConfigOp forgetful = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);

            assertThat(failureOf(admin.deleteTopics(List.of("orders")).all()))
                    .isInstanceOf(TopicAuthorizationException.class);
            assertThat(failureOf(admin.createPartitions(Map.of("orders", NewPartitions.increaseTo(2)))
                            .all()))
                    .isInstanceOf(TopicAuthorizationException.class);
            assertThat(failureOf(admin.incrementalAlterConfigs(Map.of(orders, List.of(forgetful)))
                            .all()))
                    .isInstanceOf(TopicAuthorizationException.class);
            assertThat(failureOf(admin.describeAcls(AclBindingFilter.ANY).values()))
                    .isInstanceOf(ClusterAuthorizationException.class);
            assertThat(failureOf(admin.deleteAcls(List.of(AclBindingFilter.ANY)).all()))
                    .isInstanceOf(ClusterAuthorizationException.class);
        }
    }

    @Test
    void a_stranger_without_login_gets_no_answer() {
        Map<String, Object> settings = new HashMap<>(settings(OPERATOR));
        settings.keySet().removeIf(name -> name.startsWith("sasl."));
        settings.put("security.protocol", "PLAINTEXT");
        settings.put("request.timeout.ms", 2_000);
        settings.put("default.api.timeout.ms", 2_000);

        try (Admin stranger = Admin.create(settings)) {
            assertThat(failureOf(stranger.describeCluster().nodes())).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void a_wrong_password_is_refused() {
        Login wrong = new Login("order-service", "a-guess");

        try (Admin stranger = Admin.create(wrong.at(infrastructure.kafkaBootstrapServers()))) {
            assertThat(failureOf(stranger.describeCluster().nodes())).isInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void rights_that_hold_are_left_alone_and_one_that_is_no_longer_in_the_file_is_withdrawn() throws Exception {
        // given
        Rights committed = Rights.in(FILE);
        Right more = new Right(NOBODYS, AclOperation.READ, ResourceType.TOPIC, NOBODYS);

        // when
        Rights.Changes again = committed.applyTo(operator);
        Rights.Changes grown = new Rights(
                        Stream.concat(committed.all().stream(), Stream.of(more)).toList())
                .applyTo(operator);
        Rights.Changes shrunk = committed.applyTo(operator);

        // then
        assertThat(again).isEqualTo(new Rights.Changes(0, 0));
        assertThat(grown).isEqualTo(new Rights.Changes(1, 0));
        assertThat(shrunk).isEqualTo(new Rights.Changes(0, 1));
    }

    private static void pollUntilItFails(KafkaConsumer<?, ?> consumer) {
        await().atMost(PATIENCE).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return false;
        });
    }

    private void send(String service, String topic, String value) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings(service), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private KafkaConsumer<String, String> consumer(String service, String group) {
        Map<String, Object> settings = new HashMap<>(settings(service));
        settings.put("group.id", group);
        settings.put("group.protocol", "consumer");
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private Map<String, Object> settings(String login) {
        return new Login(login, passwords.get(login)).at(infrastructure.kafkaBootstrapServers());
    }
}
