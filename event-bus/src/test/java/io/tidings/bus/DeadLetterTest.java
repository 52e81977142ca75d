package io.tidings.bus;

import static io.tidings.bus.notes.NoteHandlers.CUT_OFF;
import static io.tidings.bus.notes.NoteHandlers.HOPELESS;
import static io.tidings.bus.notes.NoteHandlers.POISON;
import static io.tidings.infrastructure.test.Topic.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.handling.BatchUnfinishedException;
import io.tidings.bus.handling.MessageWaitsException;
import io.tidings.bus.handling.Redrive;
import io.tidings.bus.handling.Redrive.Target;
import io.tidings.bus.handling.RedriveResult;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.NoteHandlers;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.bus.notes.Notebooks;
import io.tidings.bus.operations.DeadLetterHealthIndicator;
import io.tidings.bus.operations.DeadLetterMetrics;
import io.tidings.infrastructure.test.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;

/** A message that can't be handled waits, what follows of its key waits behind it, and nothing else does. */
@BusTest
class DeadLetterTest {

    private static final Topic NOTES = new Topic("notes");
    private static final Topic DEAD_LETTERS = new Topic("note-service.dlt");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Notebooks notebooks;

    @Autowired
    NoteHandlers handlers;

    @Autowired
    Redrive redrive;

    @Autowired
    BatchProcessor processor;

    @Autowired
    EnvelopeFactory envelopes;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DeadLetterHealthIndicator health;

    @Autowired
    DeadLetterMetrics metrics;

    @Test
    void what_follows_of_the_key_waits_behind_the_message_that_failed_and_other_keys_flow() {
        String notebook = notebooks.anyName();
        String other = notebooks.anyName();

        notebooks.take(notebook, "before", POISON, "after");
        notebooks.take(other, "goes on");
        notebooks.awaitApplied(other, 1);
        notebooks.awaitParked(notebook, "FAILED 2", "WAITING 3");
        notebooks.take(notebook, "much later");
        notebooks.take(other, "goes on");

        notebooks.awaitApplied(other, 1, 1);
        notebooks.awaitParked(notebook, "FAILED 2", "WAITING 3", "WAITING 1");
        assertThat(notebooks.applied(notebook)).containsExactly(1);
        assertThat(DEAD_LETTERS.recordsOf(notebook)).hasSize(1);
    }

    @Test
    void a_redrive_takes_them_in_their_old_order_and_opens_the_key() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, "before", POISON, "after", "at last");
        notebooks.awaitParked(notebook, "FAILED 2", "WAITING 3", "WAITING 4");

        handlers.mend(notebook);
        RedriveResult result = redrive.redrive(new Target.Key("notes", notebook));

        assertThat(result).isEqualTo(new RedriveResult(3, 0, List.of(), true));
        assertThat(notebooks.applied(notebook)).containsExactly(1, 2, 3, 4);
        assertThat(notebooks.isParked(notebook)).isFalse();
        notebooks.take(notebook, "flows again");
        notebooks.awaitApplied(notebook, 1, 2, 3, 4, 1);
    }

    @Test
    void what_arrives_during_a_redrive_queues_behind_it_and_holds_up_nobody() throws Exception {
        String notebook = notebooks.anyName();
        String other = notebooks.anyName();
        notebooks.turnPage(notebook, POISON);
        notebooks.awaitParked(notebook, "FAILED 1");
        handlers.mend(notebook);
        CountDownLatch gate = handlers.hold(notebook);

        try (ExecutorService operator = Executors.newSingleThreadExecutor()) {
            Future<RedriveResult> result = operator.submit(() -> redrive.redrive(new Target.Key(null, notebook)));
            await().until(() -> attemptsOf(notebook) == 2);
            notebooks.turnPage(notebook, "meanwhile");
            notebooks.turnPage(other, "goes on");
            notebooks.awaitApplied(other, 1);
            notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2");
            gate.countDown();

            assertThat(result.get().redriven()).isEqualTo(2);
        }

        assertThat(notebooks.applied(notebook)).containsExactly(1, 2);
        assertThat(notebooks.isParked(notebook)).isFalse();
    }

    private int attemptsOf(String notebook) {
        return handlers.attemptsAt(new NoteTaken(notebook, 1, POISON));
    }

    @Test
    void two_who_redrive_at_once_double_nothing_and_keep_the_order() throws Exception {
        List<String> names =
                IntStream.range(0, 5).mapToObj(number -> notebooks.anyName()).toList();
        for (String notebook : names) {
            notebooks.take(notebook, POISON, "2", "3", "4", "5", "6");
            notebooks.awaitParked(
                    notebook, "FAILED 1", "WAITING 2", "WAITING 3", "WAITING 4", "WAITING 5", "WAITING 6");
            handlers.mend(notebook);
        }

        List<Future<RedriveResult>> results = new ArrayList<>();
        try (ExecutorService operators = Executors.newFixedThreadPool(4)) {
            for (String notebook : names) {
                for (int operator = 0; operator < 4; operator++) {
                    results.add(operators.submit(() -> redrive.redrive(new Target.Key(null, notebook))));
                }
            }
        }

        int redriven = 0;
        for (Future<RedriveResult> result : results) {
            redriven += result.get().redriven();
        }
        assertThat(redriven).isEqualTo(30);
        assertThat(names).allSatisfy(notebook -> {
            assertThat(notebooks.applied(notebook)).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(notebooks.isParked(notebook)).isFalse();
        });
    }

    @Test
    void a_key_keeps_its_order_whatever_arrives_while_it_is_redriven_again_and_again() throws Exception {
        String notebook = notebooks.anyName();
        notebooks.turnPage(notebook, POISON);
        notebooks.awaitParked(notebook, "FAILED 1");
        handlers.mend(notebook);
        int pages = 100;

        try (ExecutorService all = Executors.newFixedThreadPool(3)) {
            Future<?> publisher = all.submit(() -> {
                for (int page = 2; page <= pages; page++) {
                    notebooks.turnPage(notebook, "turned");
                }
            });
            await().atMost(PATIENCE).pollInterval(Duration.ZERO).until(() -> {
                redrive.redrive(new Target.Key(null, notebook));
                return publisher.isDone() && !notebooks.isParked(notebook);
            });
        }

        notebooks.awaitApplied(notebook, IntStream.rangeClosed(1, pages).boxed().toArray(Integer[]::new));
    }

    @Test
    void what_fails_again_stays_with_its_new_reason_and_all_its_attempts() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, HOPELESS, "after");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2");
        jdbc.update("update dead_letter set reason = 'an old one' where key = ?", notebook);

        RedriveResult result = redrive.redrive(new Target.Key("notes", notebook));

        assertThat(result.redriven()).isZero();
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.attempts()).isEqualTo(10);
            assertThat(failure.reason()).contains("The archive does not answer.");
        });
        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1", "WAITING 2");
        assertThat(jdbc.queryForMap(
                        "select attempts, reason from dead_letter where key = ? and state = 'FAILED'", notebook))
                .containsEntry("attempts", 10)
                .hasEntrySatisfying(
                        "reason", reason -> assertThat((String) reason).contains("does not answer"));
        assertThat(notebooks.applied(notebook)).isEmpty();
        DEAD_LETTERS.awaitRecord(notebook, copy -> "10".equals(header(copy, "dead-letter-attempts")));
    }

    @Test
    void a_message_behind_the_first_can_fail_too_and_then_the_rest_waits_for_it() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, POISON, "good", HOPELESS, "last");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2", "WAITING 3", "WAITING 4");
        redrive.discard(notebooks.deadLetter(notebook, 1), "ada", "It says nothing.");

        RedriveResult result = redrive.redrive(new Target.Key("notes", notebook));

        assertThat(result.redriven()).isEqualTo(1);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(notebooks.applied(notebook)).containsExactly(2);
        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 3", "WAITING 4");
    }

    @Test
    void one_message_can_be_redriven_alone_if_it_is_the_first_of_its_key() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, POISON, "second", "third");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2", "WAITING 3");
        UUID first = notebooks.deadLetter(notebook, 1);
        UUID second = notebooks.deadLetter(notebook, 2);
        handlers.mend(notebook);

        assertThatThrownBy(() -> redrive.redrive(new Target.Message(second)))
                .isInstanceOf(MessageWaitsException.class)
                .hasMessageContaining("redrive the key");
        assertThat(redrive.redrive(new Target.Message(first)).redriven()).isEqualTo(1);
        assertThat(redrive.redrive(new Target.Message(first)).redriven()).isZero();

        assertThat(notebooks.applied(notebook)).containsExactly(1);
        assertThat(notebooks.parked(notebook)).containsExactly("WAITING 2", "WAITING 3");
        notebooks.take(notebook, "arrives");
        notebooks.awaitParked(notebook, "WAITING 2", "WAITING 3", "WAITING 1");
    }

    @Test
    void all_keys_whose_first_message_is_of_a_type_are_redriven_by_its_name() {
        String one = notebooks.anyName();
        String other = notebooks.anyName();
        notebooks.take(one, POISON, "after");
        notebooks.take(other, POISON);
        notebooks.awaitParked(one, "FAILED 1", "WAITING 2");
        notebooks.awaitParked(other, "FAILED 1");
        handlers.mend(one);
        handlers.mend(other);

        redrive.redrive(new Target.Type("NoteFiled"));
        assertThat(notebooks.applied(one)).isEmpty();
        redrive.redrive(new Target.Type("NoteTaken"));

        assertThat(notebooks.applied(one)).containsExactly(1, 2);
        assertThat(notebooks.applied(other)).containsExactly(1);
    }

    @Test
    void a_discarded_message_is_kept_as_a_record_and_told_of_and_opens_its_key() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, POISON);
        notebooks.awaitParked(notebook, "FAILED 1");
        UUID letter = notebooks.deadLetter(notebook, 1);

        assertThat(redrive.discard(letter, "ada", "A test wrote it.")).isEqualTo(Redrive.Discarding.DISCARDED);
        assertThat(redrive.discard(letter, "ada", "A test wrote it.")).isEqualTo(Redrive.Discarding.NOT_THERE);

        assertThat(notebooks.isParked(notebook)).isFalse();
        assertThat(jdbc.queryForMap("select state, discarded_by, discarded_why from dead_letter where id = ?", letter))
                .containsEntry("state", "DISCARDED")
                .containsEntry("discarded_by", "ada")
                .containsEntry("discarded_why", "A test wrote it.");
        var told = DEAD_LETTERS.awaitRecord(notebook, copy -> header(copy, "dead-letter-discarded-by") != null);
        assertThat(header(told, "dead-letter-discarded-by")).isEqualTo("ada");
        assertThat(header(told, "dead-letter-discarded-why")).isEqualTo("A test wrote it.");
        notebooks.take(notebook, "flows");
        notebooks.awaitApplied(notebook, 1);
    }

    @Test
    void bytes_that_nobody_can_read_are_kept_as_they_came_and_can_be_redriven() {
        String notebook = notebooks.anyName();
        byte[] bytes = {(byte) 0xc3, 0x28, 0, (byte) 0xff, 7};

        NOTES.send(notebook, bytes, Map.of("ce_type", "io.tidings.NoteTaken.v1"));
        await().until(() -> notebooks.isParked(notebook));
        RedriveResult result = redrive.redrive(new Target.Key("notes", notebook));

        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("not a readable NoteTaken"));
        assertThat(jdbc.queryForObject("select payload from dead_letter where key = ?", byte[].class, notebook))
                .isEqualTo(bytes);
    }

    @Test
    void a_message_without_key_waits_alone() {
        String notebook = notebooks.anyName();
        Envelope poison = withKey("", envelopes.seal(notebooks.nextNote(notebook, POISON)));
        Envelope next = withKey("", envelopes.seal(notebooks.nextNote(notebook, "next")));

        processor.process(List.of(poison));
        processor.process(List.of(next));

        assertThat(notebooks.applied(notebook)).containsExactly(2);
        handlers.mend(notebook);
        UUID letter = jdbc.queryForObject("select id from dead_letter where message_id = ?", UUID.class, poison.id());
        assertThat(redrive.redrive(new Target.Message(letter)).redriven()).isEqualTo(1);
        assertThat(notebooks.applied(notebook)).containsExactly(2, 1);
    }

    @Test
    void a_key_is_parked_on_its_topic_only() {
        String notebook = notebooks.anyName();
        Envelope poison = envelopes.seal(notebooks.nextNote(notebook, POISON));
        Envelope elsewhere = onTopic("elsewhere", envelopes.seal(notebooks.nextNote(notebook, "another matter")));

        processor.process(List.of(poison));
        processor.process(List.of(elsewhere));

        assertThat(notebooks.applied(notebook)).containsExactly(2);
    }

    @Test
    void in_a_batch_those_of_parked_keys_join_and_the_others_are_handled_together() {
        String parked = notebooks.anyName();
        String free = notebooks.anyName();
        processor.process(List.of(envelopes.seal(notebooks.nextNote(parked, POISON))));
        List<Envelope> batch = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            batch.add(envelopes.seal(notebooks.nextNote(free, "flows")));
            batch.add(envelopes.seal(notebooks.nextNote(parked, "waits")));
        }
        handlers.batches().forget();

        processor.process(batch);
        processor.process(batch);

        assertThat(handlers.batches().sizesOf(free)).containsExactly(3L);
        assertThat(handlers.batches().sizesOf(parked)).isEmpty();
        assertThat(notebooks.applied(free)).containsExactly(1, 2, 3);
        assertThat(notebooks.parked(parked)).containsExactly("FAILED 1", "WAITING 2", "WAITING 3", "WAITING 4");
    }

    @Test
    void a_redrive_that_is_cut_off_leaves_everything_as_it_was() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, POISON, CUT_OFF, "after");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2", "WAITING 3");
        redrive.discard(notebooks.deadLetter(notebook, 1), "ada", "It stands in the way.");

        assertThatThrownBy(() -> redrive.redrive(new Target.Key("notes", notebook)))
                .isInstanceOf(RuntimeException.class);

        assertThat(notebooks.applied(notebook)).isEmpty();
        assertThat(notebooks.parked(notebook)).containsExactly("WAITING 2", "WAITING 3");
        assertThat(redrive.redrive(new Target.Key("notes", notebook)).redriven())
                .isEqualTo(2);
        assertThat(notebooks.applied(notebook)).containsExactly(2, 3);
    }

    @Test
    void a_key_that_a_crash_left_parked_with_nothing_behind_it_opens_for_the_next_message() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, POISON);
        notebooks.awaitParked(notebook, "FAILED 1");
        jdbc.update("delete from dead_letter where key = ?", notebook);
        assertThat(notebooks.isParked(notebook)).isTrue();

        notebooks.take(notebook, "flows");

        notebooks.awaitApplied(notebook, 1);
        assertThat(notebooks.isParked(notebook)).isFalse();
    }

    @Test
    void two_consumers_at_the_same_messages_park_the_first_once_and_the_next_behind_it() throws Exception {
        String notebook = notebooks.anyName();
        Envelope poison = envelopes.seal(notebooks.nextNote(notebook, POISON));
        Envelope next = envelopes.seal(notebooks.nextNote(notebook, "next"));
        CountDownLatch gate = handlers.hold(notebook);

        try (ExecutorService consumers = Executors.newFixedThreadPool(2)) {
            Future<?> before = consumers.submit(() -> processor.process(List.of(poison)));
            await().until(() -> attemptsOf(notebook) == 1);
            Future<?> after = consumers.submit(() -> processor.process(List.of(poison, next)));
            awaitSomeoneWaitsForALock();
            gate.countDown();
            before.get();
            after.get();
        }

        assertThat(notebooks.applied(notebook)).isEmpty();
        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1", "WAITING 2");
    }

    @Test
    void two_consumers_that_give_the_same_message_up_make_one_dead_letter_of_it() throws Exception {
        String notebook = notebooks.anyName();
        Envelope hopeless = envelopes.seal(notebooks.nextNote(notebook, HOPELESS));

        try (ExecutorService consumers = Executors.newFixedThreadPool(3)) {
            List<Future<?>> all = new ArrayList<>();
            for (int consumer = 0; consumer < 3; consumer++) {
                all.add(consumers.submit(() -> redeliver(hopeless)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1");
        assertThat(notebooks.applied(notebook)).isEmpty();
        DEAD_LETTERS.awaitRecord(notebook, any -> true);
        assertThat(DEAD_LETTERS.recordsOf(notebook)).hasSize(1);
    }

    @Test
    void a_batch_whose_time_is_up_is_given_again_and_what_was_tried_of_it_counts() {
        String notebook = notebooks.anyName();
        List<Envelope> batch = List.of(
                envelopes.seal(notebooks.nextNote(notebook, HOPELESS)),
                envelopes.seal(notebooks.nextNote(notebook, "after")));

        assertThatThrownBy(() -> processor.process(batch)).isInstanceOf(BatchUnfinishedException.class);
        assertThat(notebooks.parked(notebook)).isEmpty();
        batch.forEach(this::redeliver);

        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1", "WAITING 2");
        assertThat(jdbc.queryForObject(
                        "select attempts from dead_letter where key = ? and state = 'FAILED'", Integer.class, notebook))
                .isEqualTo(5);
    }

    /** As the consumer does if time for a batch is up. */
    private void redeliver(Envelope message) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ZERO)
                .ignoreException(BatchUnfinishedException.class)
                .untilAsserted(() -> processor.process(List.of(message)));
    }

    private void awaitSomeoneWaitsForALock() {
        await().until(() -> jdbc.queryForObject("""
                select count(*) from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'
                """, Integer.class) > 0);
    }

    @Test
    void health_names_the_keys_that_are_parked_and_is_up() {
        String notebook = notebooks.anyName();
        jdbc.update("update parked_key set since = now()");
        notebooks.take(notebook, POISON, "after");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2");
        jdbc.update("update parked_key set since = 'epoch' where key = ?", notebook);
        MeterRegistry meters = new SimpleMeterRegistry();
        metrics.bindTo(meters);

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Health seen = health.health();
            assertThat(seen.getStatus()).isEqualTo(Status.UP);
            assertThat((List<?>) seen.getDetails().get("oldest")).first().isEqualTo("notes/" + notebook);
        });
        await().untilAsserted(() -> {
            assertThat(meters.get("tidings.dead.letters.parked").gauge().value())
                    .isEqualTo(countOf("dead_letter where state <> 'DISCARDED'"));
            assertThat(meters.get("tidings.dead.letters.parked.keys").gauge().value())
                    .isEqualTo(countOf("parked_key"))
                    .isPositive();
            assertThat(meters.get("tidings.dead.letters.age").gauge().value()).isPositive();
        });
    }

    private double countOf(String rows) {
        return jdbc.queryForObject("select count(*) from " + rows, Double.class);
    }

    private static Envelope withKey(String key, Envelope message) {
        return copy(message, message.topic(), key);
    }

    private static Envelope onTopic(String topic, Envelope message) {
        return copy(message, topic, message.key());
    }

    private static Envelope copy(Envelope message, String topic, String key) {
        return new Envelope(
                message.id(),
                topic,
                key,
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
