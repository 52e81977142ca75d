package io.tidings.bus.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidings.bus.EventBus;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.NoteFiled;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.bus.notes.Notebooks;
import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.OutboxHealthIndicator;
import io.tidings.bus.operations.OutboxMetrics;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.test.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What can go wrong between the outbox and the broker. */
@BusTest
@Import(RelayFaultsTest.FragileBroker.class)
@TestPropertySource(properties = {"spring.application.name=relay-faults", "tidings.outbox.hold-key-for=200ms"})
class RelayFaultsTest {

    private static final Topic NOTES = new Topic("notes");

    /** How many rounds end in a crash before the broker has got their messages. */
    private static final AtomicInteger crashesBeforeSending = new AtomicInteger();

    /** How many rounds end in a crash after the broker has taken their messages. */
    private static final AtomicInteger crashesAfterSending = new AtomicInteger();

    @TestConfiguration
    static class FragileBroker {

        @Bean
        static BeanPostProcessor crashing() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof Broker broker ? new CrashingBroker(broker) : bean;
                }
            };
        }
    }

    private record CrashingBroker(Broker broker) implements Broker {

        @Override
        public Receipt send(List<OutboxMessage> messages) {
            crashIf(crashesBeforeSending, "before it had sent", messages);
            Receipt receipt = broker.send(messages);
            crashIf(crashesAfterSending, "after it had sent", messages);
            return receipt;
        }

        private static void crashIf(AtomicInteger crashes, String when, List<OutboxMessage> messages) {
            if (crashes.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("The relay crashed %s %d messages.".formatted(when, messages.size()));
            }
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    @Autowired
    Notebooks notebooks;

    @Autowired
    Outbox outbox;

    @Autowired
    OutboxRelay relay;

    @Autowired
    EventBus bus;

    @Autowired
    EnvelopeFactory envelopes;

    @Autowired
    OutboxMetrics metrics;

    @Autowired
    OutboxHealthIndicator health;

    @Autowired
    Broker broker;

    @Autowired
    DataSource dataSource;

    @Test
    void a_crash_between_send_and_delete_gives_a_duplicate_on_the_wire_and_one_effect() {
        String notebook = notebooks.anyName();
        notebooks.awaitNothingWaiting(); // or a round of the test before takes the crash
        crashesAfterSending.set(1);

        notebooks.take(notebook, "one", "two", "three");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> NOTES.recordsOf(notebook).size() == 6);
        notebooks.awaitApplied(notebook, 1, 2, 3);
        assertThat(NOTES.recordsOf(notebook).stream()
                        .map(told -> Topic.header(told, "ce_id"))
                        .distinct())
                .hasSize(3);
        notebooks.awaitWaiting(notebook, 0);
    }

    @Test
    void a_crash_between_commit_and_send_loses_nothing_and_doubles_nothing() {
        String notebook = notebooks.anyName();
        notebooks.awaitNothingWaiting();
        crashesBeforeSending.set(2);

        notebooks.take(notebook, "one", "two", "three");

        notebooks.awaitApplied(notebook, 1, 2, 3);
        assertThat(crashesBeforeSending).hasValue(0);
        assertThat(NOTES.recordsOf(notebook)).hasSize(3);
    }

    @Test
    void what_an_instance_committed_before_it_was_stopped_is_sent_by_the_next() {
        String notebook = notebooks.anyName();
        relay.stop();
        try {
            notebooks.take(notebook, "one", "two", "three");
            assertThat(notebooks.waiting(notebook)).isEqualTo(3);
        } finally {
            relay.start();
        }

        notebooks.awaitApplied(notebook, 1, 2, 3);
        assertThat(NOTES.recordsOf(notebook)).hasSize(3);
    }

    @Test
    void a_relay_that_may_not_be_woken_sends_at_its_next_look() {
        String notebook = notebooks.anyName();
        relay.stop();
        OutboxRelay sleeper = new OutboxRelay(
                outbox,
                broker,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                new BusStatus(),
                new OutboxRelay.Settings(100, Duration.ofHours(1), Duration.ofMillis(200)));
        sleeper.start();
        try {
            commit(new OutboxTransport(outbox, sleeper, true), new NoteTaken(notebook, 1, "wakes it"));
            notebooks.awaitWaiting(notebook, 0);

            commit(new OutboxTransport(outbox, sleeper, false), new NoteTaken(notebook, 2, "lets it sleep"));
            await().during(Duration.ofMillis(500)).until(() -> notebooks.waiting(notebook) == 1);
        } finally {
            sleeper.stop();
            relay.start(); // which looks
        }
        notebooks.awaitApplied(notebook, 1, 2);
    }

    /** One that takes longer ends without reading on, so that on a slow machine it may need several attempts. */
    @Test
    void what_is_committed_while_a_round_sends_is_sent_by_the_same_round() {
        relay.stop();
        Correspondents correspondents = new Correspondents();
        OutboxRelay reader = new OutboxRelay(
                outbox,
                correspondents,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                new BusStatus(),
                new OutboxRelay.Settings(100, Duration.ofHours(1), Duration.ofMillis(200)));
        OutboxTransport transport = new OutboxTransport(outbox, reader, true);
        reader.start();
        try {
            await("an answer that was sent in the round of its question")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        String notebook = notebooks.anyName();
                        correspondents.answerNext(() -> commit(transport, new NoteTaken(notebook, 2, "an answer")));
                        commit(transport, new NoteTaken(notebook, 1, "a question"));
                        notebooks.awaitApplied(notebook, 1, 2);
                        return correspondents.rounds.stream().distinct().count() == 1;
                    });
        } finally {
            reader.stop();
            relay.start();
        }
    }

    @Test
    void large_messages_are_read_a_few_at_a_time_and_all_leave_though_nobody_wakes_the_relay_again() {
        relay.stop();
        String notebook = notebooks.anyName();
        notebooks.take(
                notebook, Stream.generate(() -> "x".repeat(900_000)).limit(10).toArray(String[]::new));
        OutboxRelay reader = new OutboxRelay(
                outbox,
                broker,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                new BusStatus(),
                new OutboxRelay.Settings(100, Duration.ofHours(1), Duration.ofMillis(200)));
        try {
            List<OutboxMessage> batch = new TransactionTemplate(new JdbcTransactionManager(dataSource))
                    .execute(transaction -> outbox.oldest(100, Set.of()));
            assertThat(batch).hasSizeBetween(1, 9);

            reader.start();

            notebooks.awaitApplied(notebook, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        } finally {
            reader.stop();
            relay.start();
        }
    }

    @Test
    void many_keys_that_are_held_back_leave_room_in_each_batch_for_those_that_are_not() {
        relay.stop();
        int batchSize = 5;
        String forbidden = notebooks.anyName();
        Refusing refusing = new Refusing(forbidden);
        OutboxRelay reader = new OutboxRelay(
                outbox,
                refusing,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                new BusStatus(),
                new OutboxRelay.Settings(batchSize, Duration.ofMillis(50), Duration.ofNanos(1)));
        IntStream.range(0, 10 * batchSize)
                .forEach(number -> bus.publish(new NoteTaken(forbidden + number, 1, "nobody wants it")));
        String other = notebooks.anyName();
        reader.start();
        try {
            await("that each of them is held")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> refusing.refusedKeys.size() == 10 * batchSize);

            notebooks.take(other, "goes on");

            notebooks.awaitApplied(other, 1);
        } finally {
            reader.stop();
            relay.start();
        }
        notebooks.awaitNothingWaiting();
    }

    @Test
    void a_key_that_another_instance_has_sent_takes_no_place_among_those_that_are_tried_again() {
        relay.stop();
        String forbidden = notebooks.anyName();
        int keys = 10;
        Refusing first = new Refusing(forbidden);
        Refusing second = new Refusing(forbidden);
        OutboxRelay sender = reader(first, 5);
        OutboxRelay survivor = reader(second, 5);
        IntStream.range(0, keys)
                .forEach(number -> bus.publish(new NoteTaken(forbidden + number, 1, "nobody wants it yet")));
        sender.start();
        survivor.start();
        try {
            await("that both instances hold each of them")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> first.refusedKeys.size() == keys && second.refusedKeys.size() == keys);
            first.allow();
            notebooks.awaitNothingWaiting();
            sender.stop();

            String late = forbidden + "late";
            notebooks.take(late, "refused at first");
            await().atMost(Duration.ofSeconds(30)).until(() -> second.refusedKeys.contains(late));
            second.allow();

            notebooks.awaitApplied(late, 1);
        } finally {
            sender.stop();
            survivor.stop();
            relay.start();
        }
        notebooks.awaitNothingWaiting();
    }

    @Test
    void keys_of_which_the_broker_says_nothing_leave_room_for_the_others_and_leave_in_order_once_it_does() {
        relay.stop();
        int batchSize = 5;
        String unheard = notebooks.anyName();
        List<String> names = IntStream.range(0, 2 * batchSize)
                .mapToObj(number -> unheard + number)
                .toList();
        Silent silent = new Silent(unheard);
        OutboxRelay reader = reader(silent, batchSize);
        names.forEach(name -> notebooks.take(name, "one", "two"));
        String other = notebooks.anyName();
        notebooks.take(other, "goes on");
        reader.start();
        try {
            notebooks.awaitApplied(other, 1);
            assertThat(outbox.refused(0, 10)).isEmpty();

            silent.speak();

            names.forEach(name -> notebooks.awaitApplied(name, 1, 2));
        } finally {
            reader.stop();
            relay.start();
        }
        notebooks.awaitNothingWaiting();
    }

    private OutboxRelay reader(Broker through, int batchSize) {
        return new OutboxRelay(
                outbox,
                through,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                new BusStatus(),
                new OutboxRelay.Settings(batchSize, Duration.ofMillis(50), Duration.ofNanos(1)));
    }

    /** Refuses all messages of some keys, until it is told to allow them. */
    private final class Refusing implements Broker {

        private final String beginningOfKeys;
        private final Set<String> refusedKeys = ConcurrentHashMap.newKeySet();
        private volatile boolean allowing;

        private Refusing(String beginningOfKeys) {
            this.beginningOfKeys = beginningOfKeys;
        }

        void allow() {
            allowing = true;
        }

        @Override
        public Receipt send(List<OutboxMessage> messages) {
            Map<Boolean, List<OutboxMessage>> refused = messages.stream()
                    .collect(Collectors.partitioningBy(
                            message -> !allowing && message.key().startsWith(beginningOfKeys)));
            refused.get(true).forEach(message -> refusedKeys.add(message.key()));
            return new Receipt(
                    broker.send(refused.get(false)).acknowledged(),
                    refused.get(true).stream()
                            .collect(Collectors.toMap(
                                    OutboxMessage::id, message -> new IllegalStateException("Nobody wants it."))),
                    Optional.empty());
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    /** Does not answer for some keys, as if their partitions had no leader, until it is told to speak. */
    private final class Silent implements Broker {

        private final String beginningOfKeys;
        private volatile boolean speaking;

        private Silent(String beginningOfKeys) {
            this.beginningOfKeys = beginningOfKeys;
        }

        void speak() {
            speaking = true;
        }

        @Override
        public Receipt send(List<OutboxMessage> messages) {
            Map<Boolean, List<OutboxMessage>> unheard = messages.stream()
                    .collect(Collectors.partitioningBy(
                            message -> !speaking && message.key().startsWith(beginningOfKeys)));
            return new Receipt(
                    broker.send(unheard.get(false)).acknowledged(),
                    Map.of(),
                    unheard.get(true).isEmpty()
                            ? Optional.empty()
                            : Optional.of(new TimeoutException("The partition has no leader.")));
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    /** Somebody commits an answer as soon as the broker has taken a message, and before the relay hears of that. */
    private final class Correspondents implements Broker {

        /** The transaction of each round that has sent something since the last question. */
        private final List<Object> rounds = new CopyOnWriteArrayList<>();

        private final AtomicReference<Runnable> answer = new AtomicReference<>(() -> {});

        void answerNext(Runnable committing) {
            rounds.clear();
            answer.set(committing);
        }

        @Override
        public Receipt send(List<OutboxMessage> messages) {
            rounds.add(TransactionSynchronizationManager.getResource(dataSource));
            Receipt receipt = broker.send(messages);
            // In a thread of its own, since this one is in the relay's transaction.
            CompletableFuture.runAsync(answer.getAndSet(() -> {})).join();
            return receipt;
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    private void commit(OutboxTransport transport, NoteTaken note) {
        transport.prepare(List.of(envelopes.seal(note))).committed();
    }

    @Test
    void a_backlog_is_seen_while_it_lasts() {
        String notebook = notebooks.anyName();
        OutboxBacklog moreThanTwo = new OutboxBacklog(outbox, 2);
        relay.stop();
        try {
            notebooks.take(notebook, "one", "two", "three");
            await().until(moreThanTwo::isOver);
        } finally {
            relay.start();
        }

        notebooks.awaitNothingWaiting();
        await().until(() -> !moreThanTwo.isOver());
    }

    @Test
    void two_instances_relay_in_turns_and_neither_doubles_nor_reorders() throws Exception {
        List<String> names =
                IntStream.range(0, 10).mapToObj(number -> notebooks.anyName()).toList();
        int pages = 50;
        OutboxRelay second = new OutboxRelay(
                outbox,
                broker,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                new BusStatus(),
                new OutboxRelay.Settings(7, Duration.ofMillis(1), Duration.ofMillis(200)));
        second.start();

        try {
            try (ExecutorService publishers = Executors.newFixedThreadPool(8)) {
                for (int page = 0; page < pages; page++) {
                    names.forEach(notebook -> publishers.submit(() -> notebooks.turnPage(notebook, "turned")));
                }
            }

            Integer[] inOrder = IntStream.rangeClosed(1, pages).boxed().toArray(Integer[]::new);
            names.forEach(notebook -> {
                notebooks.awaitApplied(notebook, inOrder);
                assertThat(NOTES.recordsOf(notebook)).hasSize(pages);
            });
        } finally {
            second.stop();
        }
    }

    @Test
    void a_message_that_the_broker_refuses_holds_its_key_back_and_no_other() throws Exception {
        String refused = notebooks.anyName();
        String other = notebooks.anyName();
        notebooks.take(refused, "before");
        notebooks.awaitApplied(refused, 1);

        limitMessagesTo(2_000);
        try {
            notebooks.take(refused, incompressible(10_000));
            notebooks.awaitWaiting(refused, 1);
            notebooks.take(refused, "after");
            notebooks.take(other, "goes on");

            notebooks.awaitApplied(other, 1);
            assertThat(notebooks.applied(refused)).containsExactly(1);
            assertThat(notebooks.waiting(refused)).isEqualTo(2);
            await().until(() -> !outbox.refused(0, 10).isEmpty());
            assertThat(outbox.refused(0, 10)).singleElement().satisfies(held -> {
                assertThat(held.key()).isEqualTo(refused);
                assertThat(held.size()).isGreaterThan(10_000);
                assertThat(held.refusals()).isPositive();
                assertThat(held.reason()).contains("RecordTooLargeException");
                assertThat(held.behind()).isEqualTo(1);
            });
            MeterRegistry meters = new SimpleMeterRegistry();
            metrics.bindTo(meters);
            await().until(() -> meters.get("tidings.outbox.held.keys").gauge().value() == 1);
            await().untilAsserted(
                            () -> assertThat(health.health().getDetails()).containsEntry("heldKeys", List.of(refused)));
        } finally {
            limitMessagesTo(1_000_000);
        }

        notebooks.awaitApplied(refused, 1, 1, 1);
        await().until(() -> outbox.refused(0, 10).isEmpty());
        assertThat(NOTES.recordsOf(refused))
                .last()
                .satisfies(told -> assertThat(told.value()).contains("\"after\""));
    }

    @Test
    void what_waits_behind_each_refused_message_is_counted() {
        relay.stop();
        String followed = notebooks.anyName();
        String last = notebooks.anyName();
        try {
            notebooks.take(followed, "before", "refused", "after", "after that");
            notebooks.take(last, "refused");
            notebooks.take(notebooks.anyName(), "taken");
            Map<Long, Exception> refusals = new TransactionTemplate(new JdbcTransactionManager(dataSource))
                    .execute(transaction -> outbox.oldest(100, Set.of())).stream()
                            .filter(message -> new String(message.envelope().payload(), StandardCharsets.UTF_8)
                                    .contains("refused"))
                            .collect(Collectors.toMap(
                                    OutboxMessage::id, message -> new IllegalStateException("Nobody wants it.")));
            outbox.refused(refusals);

            List<RefusedMessage> held = outbox.refused(0, 10);

            assertThat(held).extracting(RefusedMessage::key).containsExactly(followed, last);
            assertThat(held).extracting(RefusedMessage::behind).containsExactly(2L, 0L);
            assertThat(outbox.refused(held.getFirst().position(), 10))
                    .extracting(RefusedMessage::key)
                    .containsExactly(last);
        } finally {
            relay.start();
        }
        notebooks.awaitNothingWaiting();
    }

    @Test
    void nothing_of_a_key_overtakes_a_refused_message_that_it_was_published_with() throws Exception {
        String notebook = notebooks.anyName();

        limitMessagesTo(2_000);
        try {
            notebooks.take(notebook, "before", incompressible(10_000), "after");
            notebooks.awaitApplied(notebook, 1);
            await().pollDelay(Duration.ofSeconds(1)).until(() -> notebooks.waiting(notebook) == 2);
            assertThat(notebooks.applied(notebook)).containsExactly(1);
        } finally {
            limitMessagesTo(1_000_000);
        }

        notebooks.awaitApplied(notebook, 1, 2, 3);
    }

    @Test
    void of_many_messages_of_a_key_none_overtakes_the_refused_one_and_those_of_other_keys_all_arrive()
            throws Exception {
        String notebook = notebooks.anyName();
        List<String> others =
                IntStream.range(0, 20).mapToObj(number -> notebooks.anyName()).toList();
        int pages = 100;
        int tooLarge = 50;
        Integer[] all = IntStream.rangeClosed(1, pages).boxed().toArray(Integer[]::new);
        String[] texts = IntStream.rangeClosed(1, pages)
                .mapToObj(page -> page == tooLarge ? incompressible(10_000) : "page " + page)
                .toArray(String[]::new);

        limitMessagesTo(2_000);
        relay.stop();
        try {
            notebooks.take(notebook, texts);
            others.forEach(other -> notebooks.take(other, "one", "two", "three"));
            relay.start(); // which finds all of it at once
            others.forEach(other -> notebooks.awaitApplied(other, 1, 2, 3));
            notebooks.awaitApplied(
                    notebook, IntStream.range(1, tooLarge).boxed().toArray(Integer[]::new));
            await().during(Duration.ofSeconds(1)).until(() -> notebooks.waiting(notebook) == pages - tooLarge + 1);
            assertThat(outbox.refused(0, 10)).singleElement().satisfies(held -> {
                assertThat(held.key()).isEqualTo(notebook);
                assertThat(held.behind()).isEqualTo(pages - tooLarge);
            });
        } finally {
            limitMessagesTo(1_000_000);
        }

        notebooks.awaitApplied(notebook, all);
    }

    @Test
    void nothing_is_on_its_way_behind_a_message_that_is_refused() throws Exception {
        String notebook = notebooks.anyName();
        String tooLarge = incompressible(60_000);
        String alone = incompressible(45_000); // two of them don't fit into one of the producer's batches

        limitMessagesTo(50_000);
        try {
            notebooks.take(notebook, tooLarge, alone, alone, alone, alone);
            await().atMost(Duration.ofSeconds(30)).until(() -> refusalsOf(notebook) > 2);
            assertThat(notebooks.applied(notebook)).isEmpty();
            assertThat(notebooks.waiting(notebook)).isEqualTo(5);
        } finally {
            limitMessagesTo(1_000_000);
        }

        notebooks.awaitApplied(notebook, 1, 2, 3, 4, 5);
    }

    @Test
    void nothing_of_a_key_overtakes_a_refused_message_on_another_topic() throws Exception {
        String notebook = notebooks.anyName();
        Topic filed = new Topic("filed");

        limitMessagesTo(2_000);
        relay.stop();
        try {
            notebooks.take(notebook, incompressible(10_000));
            bus.publish(new NoteFiled(notebook, 1));
            relay.start(); // which finds both at once
            await().atMost(Duration.ofSeconds(30)).until(() -> refusalsOf(notebook) > 2);
            assertThat(notebooks.waiting(notebook)).isEqualTo(2);
            assertThat(filed.recordsOf(notebook)).isEmpty();
        } finally {
            limitMessagesTo(1_000_000);
        }

        notebooks.awaitApplied(notebook, 1);
        filed.awaitRecord(notebook, any -> true);
    }

    private int refusalsOf(String notebook) {
        return outbox.refused(0, 10).stream()
                .filter(held -> held.key().equals(notebook))
                .mapToInt(RefusedMessage::refusals)
                .sum();
    }

    private static String incompressible(int length) {
        return new java.util.Random(7)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void limitMessagesTo(int bytes) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers()))) {
            var limit = new AlterConfigOp(
                    new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, NOTES.name()), List.of(limit)))
                    .all()
                    .get();
        }
        // The broker takes the limit over a moment after it has acknowledged it.
        await().atMost(Duration.ofSeconds(30)).until(() -> isRefused(bytes + 1_000) && !isRefused(bytes / 2));
    }

    private static boolean isRefused(int size) throws InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(NOTES.name(), "probe", incompressible(size)))
                    .get();
            return false;
        } catch (ExecutionException refused) {
            return true;
        }
    }
}
