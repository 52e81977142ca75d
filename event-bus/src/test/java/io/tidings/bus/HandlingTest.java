package io.tidings.bus;

import static io.tidings.bus.notes.NoteHandlers.BROKEN;
import static io.tidings.bus.notes.NoteHandlers.FILE_IT;
import static io.tidings.bus.notes.NoteHandlers.FLAKY;
import static io.tidings.bus.notes.NoteHandlers.HOPELESS;
import static io.tidings.bus.notes.NoteHandlers.OF_NO_USE;
import static io.tidings.bus.notes.NoteHandlers.POISON;
import static io.tidings.bus.notes.NoteHandlers.UNDECIDED;
import static io.tidings.infrastructure.test.Topic.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.flow.Flow;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.NoteHandlers;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.bus.notes.Notebooks;
import io.tidings.infrastructure.test.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@BusTest
class HandlingTest {

    private static final Topic NOTES = new Topic("notes");
    private static final Topic FILED = new Topic("filed");
    private static final Topic DEAD_LETTERS = new Topic("note-service.dlt");
    /** Where the broker writes down what consumers have committed, a record for each partition and time. */
    private static final Topic COMMITS = new Topic("__consumer_offsets");

    private static final String NOTE_TYPE = "io.tidings.NoteTaken.v1";

    @Autowired
    Notebooks notebooks;

    @Autowired
    NoteHandlers handlers;

    @Autowired
    BatchProcessor processor;

    @Autowired
    EnvelopeFactory envelopes;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void a_poison_record_does_not_take_its_batch_down() {
        String notebook = notebooks.anyName();
        String other = notebooks.anyName();

        notebooks.take(notebook, "before", POISON);
        notebooks.take(other, "goes on");

        notebooks.awaitApplied(notebook, 1);
        notebooks.awaitApplied(other, 1);
        ConsumerRecord<String, String> buried = DEAD_LETTERS.awaitRecord(notebook, any -> true);
        assertThat(buried.value()).contains(POISON);
        assertThat(header(buried, "ce_type")).isEqualTo(NOTE_TYPE);
        assertThat(header(buried, "dead-letter-topic")).isEqualTo("notes");
        assertThat(header(buried, "dead-letter-service")).isEqualTo("note-service");
        assertThat(header(buried, "dead-letter-reason")).isEqualTo("Nobody can read this.");
        assertThat(header(buried, "dead-letter-exception")).isEqualTo(PermanentFailure.class.getName());
        assertThat(header(buried, "dead-letter-attempts")).isEqualTo("1");
        assertThat(header(buried, "dead-letter-stack")).contains("NoteHandlers");
    }

    @Test
    void what_may_pass_is_tried_again_and_applied_once() {
        String notebook = notebooks.anyName();

        notebooks.take(notebook, FLAKY);

        notebooks.awaitApplied(notebook, 1);
        assertThat(handlers.attemptsAt(new NoteTaken(notebook, 1, FLAKY))).isEqualTo(3);
    }

    @Test
    void what_keeps_failing_becomes_a_dead_letter_after_a_bounded_number_of_attempts() {
        String notebook = notebooks.anyName();

        notebooks.take(notebook, HOPELESS);

        ConsumerRecord<String, String> buried = DEAD_LETTERS.awaitRecord(notebook, any -> true);
        assertThat(header(buried, "dead-letter-attempts")).isEqualTo("5");
        assertThat(header(buried, "dead-letter-reason")).contains("The archive does not answer.");
    }

    @Test
    void offsets_are_committed_some_times_a_second_and_the_last_of_them_too() {
        // given batches of one note each
        String notebook = notebooks.anyName();
        NOTES.awaitReadBy("note-service");
        int committed = COMMITS.records().size();
        long start = System.nanoTime();
        List<Integer> pages = new ArrayList<>();
        for (int page = 1; page <= 20; page++) {
            notebooks.turnPage(notebook, "page " + page);
            pages.add(page);
            notebooks.awaitApplied(notebook, pages.toArray(Integer[]::new));
        }
        // when
        NOTES.awaitReadBy("note-service");
        // then
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(COMMITS.records().size() - committed)
                .as("commits within %.1f s", seconds)
                .isBetween(1, 1 + (int) (4 * seconds));
    }

    @Test
    void an_error_of_a_handler_ends_no_consumer() {
        String notebook = notebooks.anyName();
        String other = notebooks.anyName();

        notebooks.take(notebook, BROKEN);
        notebooks.take(other, "after");

        notebooks.awaitApplied(other, 1);
        ConsumerRecord<String, String> buried = DEAD_LETTERS.awaitRecord(notebook, any -> true);
        assertThat(header(buried, "dead-letter-reason")).contains("This can't be.");
    }

    @Test
    void a_record_that_comes_again_is_applied_once() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, "once");
        notebooks.awaitApplied(notebook, 1);
        ConsumerRecord<String, String> told = NOTES.recordsOf(notebook).getFirst();

        resend(told);
        resend(told);
        notebooks.take(notebook, "once more");

        notebooks.awaitApplied(notebook, 1, 1);
        assertThat(NOTES.recordsOf(notebook)).hasSize(4);
    }

    @Test
    void a_record_of_an_unknown_type_is_passed_over() {
        String notebook = notebooks.anyName();

        NOTES.send(notebook, "{}".getBytes(StandardCharsets.UTF_8), headersOf("io.tidings.SomethingElse.v1"));
        notebooks.take(notebook, "after");

        notebooks.awaitApplied(notebook, 1);
        assertThat(DEAD_LETTERS.recordsOf(notebook)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.tidings.SomethingElse", "com.example.notebook.opened", "opened"})
    void a_record_of_an_unknown_type_without_a_version_is_passed_over(String type) {
        String notebook = notebooks.anyName();

        NOTES.send(notebook, "{}".getBytes(StandardCharsets.UTF_8), headersOf(type));
        notebooks.take(notebook, "after");

        notebooks.awaitApplied(notebook, 1);
        assertThat(DEAD_LETTERS.recordsOf(notebook)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"io.tidings.NoteTaken", "NoteTaken.v1", "io.tidings.NoteTaken.v01", "io.tidings.NoteTaken.1"})
    void a_record_that_names_a_known_type_in_another_form_becomes_a_dead_letter(String type) {
        String notebook = notebooks.anyName();

        NOTES.send(notebook, "{}".getBytes(StandardCharsets.UTF_8), headersOf(type));

        assertThat(reasonOf(notebook, "{}")).contains("ce_type ('%s')".formatted(type));
    }

    @Test
    void a_record_that_is_no_readable_message_becomes_a_dead_letter_as_it_came() {
        String notebook = notebooks.anyName();
        String fieldMissing = notebooks.anyName();
        String empty = notebooks.anyName();
        String noHeaders = notebooks.anyName();
        String other = notebooks.anyName();

        NOTES.send(notebook, "no JSON".getBytes(StandardCharsets.UTF_8), headersOf(NOTE_TYPE));
        NOTES.send(fieldMissing, "{\"page\": 1}".getBytes(StandardCharsets.UTF_8), headersOf(NOTE_TYPE));
        NOTES.send(empty, null, headersOf(NOTE_TYPE));
        NOTES.send(noHeaders, "no headers".getBytes(StandardCharsets.UTF_8), Map.of());
        notebooks.take(other, "after");

        notebooks.awaitApplied(other, 1);
        assertThat(reasonOf(notebook, "no JSON")).contains("not a readable NoteTaken");
        assertThat(reasonOf(fieldMissing, "{\"page\": 1}")).contains("no field 'notebook'");
        assertThat(reasonOf(empty, "")).contains("NoteTaken is empty");
        assertThat(reasonOf(noHeaders, "no headers")).contains("ce_type");
    }

    @Test
    void a_record_with_absurd_headers_stops_nobody() {
        String notebook = notebooks.anyName();
        Map<String, String> absurd = new HashMap<>(headersOf(NOTE_TYPE));
        absurd.put("ce_time", "+1000000000-12-31T23:59:59Z");
        absurd.put("note", "a\0b");

        NOTES.send(
                notebook,
                "{\"notebook\":\"%s\",\"page\":1,\"text\":\"late\"}"
                        .formatted(notebook)
                        .getBytes(StandardCharsets.UTF_8),
                absurd);
        NOTES.send(notebook + "\0", "no JSON".getBytes(StandardCharsets.UTF_8), headersOf(NOTE_TYPE));
        notebooks.take(notebook, "after");

        notebooks.awaitApplied(notebook, 1, 1);
        assertThat(header(DEAD_LETTERS.awaitRecord(notebook + "\uFFFD", buried -> true), "dead-letter-reason"))
                .contains("not a readable NoteTaken");
        assertThat(DEAD_LETTERS.recordsOf(notebook)).isEmpty();
    }

    @Test
    void a_foreign_record_whose_key_and_headers_fill_it_is_told_of_as_a_dead_letter_and_holds_nothing_back() {
        String longKey = "k".repeat(300_000);
        Map<String, String> absurd = new HashMap<>(headersOf(""));
        absurd.put("ce_correlationid", "c".repeat(300_000));

        NOTES.send(longKey, "no JSON".getBytes(StandardCharsets.UTF_8), absurd);

        assertThat(DEAD_LETTERS.awaitRecord(longKey.substring(0, 1_000) + "…", buried -> true))
                .isNotNull();
    }

    @Test
    void a_record_of_a_newer_version_becomes_a_dead_letter_that_names_both_versions() {
        String notebook = notebooks.anyName();

        NOTES.send(notebook, "{}".getBytes(StandardCharsets.UTF_8), headersOf("io.tidings.NoteTaken.v3"));

        assertThat(reasonOf(notebook, "{}")).contains("version 3").contains("up to version 1");
    }

    @Test
    void an_event_that_no_handler_needs_is_noted_nowhere_and_waits_behind_no_dead_letter() {
        String notebook = notebooks.anyName();
        List<Envelope> batch = Stream.of(POISON, OF_NO_USE, "after")
                .map(text -> envelopes.seal(notebooks.nextNote(notebook, text)))
                .toList();

        processor.process(batch);
        processor.process(batch);

        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1", "WAITING 3");
        assertThat(batch)
                .extracting(Envelope::id)
                .extracting(notebooks::isNoted)
                .containsExactly(true, false, true);
        assertThat(handlers.attemptsAt(new NoteTaken(notebook, 2, OF_NO_USE))).isZero();
    }

    @Test
    void an_event_of_which_nobody_can_say_whether_it_is_needed_becomes_a_dead_letter() {
        String notebook = notebooks.anyName();

        notebooks.take(notebook, UNDECIDED);

        ConsumerRecord<String, String> buried = DEAD_LETTERS.awaitRecord(notebook, any -> true);
        assertThat(header(buried, "dead-letter-reason")).isEqualTo("Nobody can say whether this is of use.");
    }

    @Test
    void handlers_prepare_once_for_a_batch() {
        String notebook = notebooks.anyName();
        List<Envelope> batch = batchOf(notebook, 4);
        handlers.batches().forget();

        processor.process(batch);

        assertThat(notebooks.applied(notebook)).containsExactly(1, 2, 3, 4);
        assertThat(handlers.batches().sizesOf(notebook)).containsExactly(4L);
    }

    @Test
    void a_batch_with_a_message_that_was_handled_before_is_handled_without_it_and_still_together() {
        String notebook = notebooks.anyName();
        List<Envelope> batch = batchOf(notebook, 4);
        processor.process(batch.subList(1, 2));
        handlers.batches().forget();

        processor.process(batch);

        assertThat(notebooks.applied(notebook)).containsExactly(2, 1, 3, 4);
        assertThat(handlers.batches().sizesOf(notebook)).containsExactly(3L);
    }

    @Test
    void a_batch_that_another_consumer_has_in_hand_is_waited_for_and_what_it_lacks_is_handled_together() {
        // given a consumer within its transaction
        String notebook = notebooks.anyName();
        List<Envelope> batch = batchOf(notebook, 4);
        handlers.batches().forget();
        CountDownLatch gate = handlers.hold(notebook);
        CompletableFuture<Void> first = inAnotherConsumer(batch.subList(0, 2));
        await().until(() -> handlers.attemptsAt(new NoteTaken(notebook, 1, "page 1")) == 1);
        // when its partition is given to another, who has more of it
        CompletableFuture<Void> second = inAnotherConsumer(batch);
        await().until(this::someoneWaitsInTheDatabase);
        gate.countDown();
        // then
        assertThat(CompletableFuture.allOf(first, second)).succeedsWithin(Duration.ofSeconds(30));
        assertThat(notebooks.applied(notebook)).containsExactly(1, 2, 3, 4);
        assertThat(handlers.batches().sizesOf(notebook)).containsExactly(2L, 2L);
    }

    private List<Envelope> batchOf(String notebook, int pages) {
        return IntStream.rangeClosed(1, pages)
                .mapToObj(page -> envelopes.seal(notebooks.nextNote(notebook, "page " + page)))
                .toList();
    }

    private CompletableFuture<Void> inAnotherConsumer(List<Envelope> batch) {
        return CompletableFuture.runAsync(() -> processor.process(batch), Thread::startVirtualThread);
    }

    private boolean someoneWaitsInTheDatabase() {
        return Boolean.TRUE.equals(jdbc.queryForObject("""
                select exists (
                    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')
                """, Boolean.class));
    }

    @Test
    void what_a_batch_has_done_is_undone_when_one_of_it_fails_and_done_again_without_it() {
        String notebook = notebooks.anyName();
        String other = notebooks.anyName();
        List<Envelope> batch = List.of(
                envelopes.seal(notebooks.nextNote(notebook, FILE_IT)),
                envelopes.seal(notebooks.nextNote(other, POISON)),
                envelopes.seal(notebooks.nextNote(notebook, FILE_IT)));

        processor.process(batch);

        assertThat(notebooks.applied(notebook)).containsExactly(1, 2);
        assertThat(notebooks.applied(other)).isEmpty();
        FILED.awaitRecord(notebook, filed -> filed.value().contains("\"page\":2"));
        assertThat(FILED.recordsOf(notebook)).hasSize(2);
    }

    @Test
    void what_a_handler_publishes_belongs_to_the_flow_of_what_it_handled() {
        String notebook = notebooks.anyName();
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        Flow.begin("our-flow", "00-%s-00f067aa0ba902b7-01".formatted(trace))
                .run(() -> notebooks.take(notebook, FILE_IT));

        ConsumerRecord<String, String> filed = FILED.awaitRecord(notebook, any -> true);
        ConsumerRecord<String, String> taken = NOTES.recordsOf(notebook).getFirst();
        assertThat(header(taken, "ce_correlationid")).isEqualTo("our-flow");
        assertThat(header(taken, "ce_causationid")).isNull();
        assertThat(header(filed, "ce_correlationid")).isEqualTo("our-flow");
        assertThat(header(filed, "ce_causationid")).isEqualTo(header(taken, "ce_id"));
        assertThat(header(filed, "traceparent")).matches("00-%s-[0-9a-f]{16}-01".formatted(trace));
        assertThat(header(filed, "traceparent")).isNotEqualTo(header(taken, "traceparent"));
        assertThat(handlers.metadataOf(new NoteTaken(notebook, 1, FILE_IT)))
                .extracting(EventMetadata::correlationId, EventMetadata::source)
                .containsExactly("our-flow", "/note-service");
    }

    private static void resend(ConsumerRecord<String, String> told) {
        NOTES.send(
                told.key(),
                told.value().getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "ce_id", header(told, "ce_id"),
                        "ce_type", header(told, "ce_type"),
                        "ce_source", header(told, "ce_source")));
    }

    private static Map<String, String> headersOf(String type) {
        return Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                UUID.randomUUID().toString(),
                "ce_source",
                "/someone",
                "ce_type",
                type);
    }

    private static String reasonOf(String notebook, String value) {
        return header(DEAD_LETTERS.awaitRecord(notebook, buried -> value.equals(buried.value())), "dead-letter-reason");
    }
}
