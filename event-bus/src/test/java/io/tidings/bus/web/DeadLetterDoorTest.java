package io.tidings.bus.web;

import static io.tidings.bus.notes.NoteHandlers.HOPELESS;
import static io.tidings.bus.notes.NoteHandlers.POISON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.EventBus;
import io.tidings.bus.EventHandler;
import io.tidings.bus.PermanentFailure;
import io.tidings.bus.notes.NoteApplication;
import io.tidings.bus.notes.NoteHandlers;
import io.tidings.bus.notes.Notebooks;
import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.PersonalData;
import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.OnInfrastructure;
import io.tidings.infrastructure.test.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** What operators are offered at {@code /dead-letters}. */
@SpringBootTest(
        classes = NoteApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=noted-service",
            "spring.main.web-application-type=servlet",
            "tidings.web.problems=true",
            "tidings.web.operators=true"
        })
@Import({Notebooks.class, DeadLetterDoorTest.Indiscreet.class})
@OnInfrastructure({Part.KAFKA, Part.POSTGRES})
class DeadLetterDoorTest {

    /** A reader of notebooks has told their name. */
    @PersonalData
    @EventType(name = "ReaderNamed", version = 1, topic = "readers")
    record ReaderNamed(String reader, String name) implements Event {

        @Override
        public String key() {
            return reader;
        }
    }

    static class Indiscreet {

        @EventHandler
        void on(ReaderNamed reader) {
            throw new PermanentFailure("Nobody is called %s.".formatted(reader.name()));
        }
    }

    @Autowired
    Notebooks notebooks;

    @Autowired
    EventBus eventBus;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    NoteHandlers handlers;

    @LocalServerPort
    int port;

    private RestTestClient http;
    private String notebook;

    @BeforeEach
    void open() {
        http = RestTestClient.bindToServer()
                .baseUrl("http://localhost:%d".formatted(port))
                .build();
        notebook = notebooks.anyName();
    }

    @Test
    void a_parked_key_is_listed_in_its_order_with_the_reason_of_its_first_message() {
        notebooks.take(notebook, POISON, "after");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2");

        JsonNode letters = get("/dead-letters?key=" + notebook).path("deadLetters");

        assertThat(letters.size()).isEqualTo(2);
        JsonNode failed = letters.get(0);
        assertThat(failed.path("state").asString()).isEqualTo("FAILED");
        assertThat(failed.path("topic").asString()).isEqualTo("notes");
        assertThat(failed.path("key").asString()).isEqualTo(notebook);
        assertThat(failed.path("type").asString()).isEqualTo("io.tidings.NoteTaken.v1");
        assertThat(failed.path("attempts").asInt()).isEqualTo(1);
        assertThat(failed.at("/failure/reason").asString()).isEqualTo("Nobody can read this.");
        assertThat(letters.get(1).path("state").asString()).isEqualTo("WAITING");
        assertThat(letters.get(1).path("failure").isNull()).isTrue();
    }

    @Test
    void a_list_is_filtered_by_state_type_topic_and_words_of_the_reason() {
        notebooks.take(notebook, POISON, "after");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2");

        assertThat(countOf("state=waiting")).isEqualTo(1);
        assertThat(countOf("state=DISCARDED")).isZero();
        assertThat(countOf("type=NoteTaken")).isEqualTo(2);
        assertThat(countOf("type=io.tidings.NoteTaken.v1")).isEqualTo(2);
        assertThat(countOf("type=NoteFiled")).isZero();
        assertThat(countOf("topic=notes")).isEqualTo(2);
        assertThat(countOf("topic=filed")).isZero();
        assertThat(countOf("reason=nobody CAN")).isEqualTo(1);
        assertThat(countOf("reason=%")).isZero();
    }

    private int countOf(String filter) {
        return get("/dead-letters?key=%s&%s".formatted(notebook, filter))
                .path("deadLetters")
                .size();
    }

    @Test
    void a_list_comes_in_pages() {
        notebooks.take(notebook, POISON, "2", "3", "4", "5");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2", "WAITING 3", "WAITING 4", "WAITING 5");

        List<Integer> sizes = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String cursor = "0";
        while (cursor != null) {
            JsonNode page = get("/dead-letters?limit=2&key=%s&cursor=%s".formatted(notebook, cursor));
            sizes.add(page.path("deadLetters").size());
            page.path("deadLetters").forEach(letter -> ids.add(letter.path("id").asString()));
            cursor = page.path("next").isNull() ? null : page.path("next").asString();
        }

        assertThat(sizes).containsExactly(2, 2, 1);
        assertThat(ids).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void reasons_are_counted() {
        JsonNode before = get("/dead-letters/counts");
        notebooks.take(notebook, HOPELESS, "after");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2");

        JsonNode after = get("/dead-letters/counts");

        assertThat(after.path("failed").asLong() - before.path("failed").asLong())
                .isEqualTo(1);
        assertThat(after.path("waiting").asLong() - before.path("waiting").asLong())
                .isEqualTo(1);
        assertThat(after.path("parkedKeys").asLong() - before.path("parkedKeys").asLong())
                .isEqualTo(1);
        assertThat(countOfReason(after, "The archive does not answer.")
                        - countOfReason(before, "The archive does not answer."))
                .isEqualTo(1);
    }

    private static long countOfReason(JsonNode counts, String words) {
        return counts.path("reasons")
                .valueStream()
                .filter(reason -> reason.path("reason").asString().contains(words))
                .mapToLong(reason -> reason.path("count").asLong())
                .sum();
    }

    @Test
    void one_letter_is_shown_with_its_content_and_what_waits_behind_it() {
        notebooks.take(notebook, POISON, "after");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2");

        JsonNode letter = get("/dead-letters/" + notebooks.deadLetter(notebook, 1));

        assertThat(letter.path("payload").asString()).contains(POISON);
        assertThat(letter.at("/headers/ce_type").asString()).isEqualTo("io.tidings.NoteTaken.v1");
        assertThat(letter.path("stack").asString()).contains("NoteHandlers");
        assertThat(letter.path("ahead").asInt()).isZero();
        assertThat(letter.path("behind").asInt()).isEqualTo(1);
    }

    @Test
    void bytes_that_are_no_text_are_shown_in_base64() {
        byte[] bytes = {(byte) 0xc3, 0x28, 0, (byte) 0xff};
        new Topic("notes").send(notebook, bytes, Map.of("ce_type", "io.tidings.NoteTaken.v1"));
        await().until(() -> notebooks.isParked(notebook));
        String id = get("/dead-letters?key=" + notebook).at("/deadLetters/0/id").asString();

        JsonNode letter = get("/dead-letters/" + id);

        assertThat(letter.path("payload").isNull()).isTrue();
        assertThat(Base64.getDecoder().decode(letter.path("payloadBytes").asString()))
                .isEqualTo(bytes);
    }

    @Test
    void a_key_is_redriven() {
        notebooks.take(notebook, POISON, "after");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2");
        JsonNode failed = post("/dead-letters/redrive", "{\"key\":\"%s\"}".formatted(notebook));
        assertThat(failed.path("redriven").asInt()).isZero();
        assertThat(failed.path("failedAgain").asInt()).isEqualTo(1);
        assertThat(failed.at("/failures/0/attempts").asInt()).isEqualTo(2);

        handlers.mend(notebook);
        JsonNode redriven = post("/dead-letters/redrive", "{\"key\":\"%s\",\"topic\":\"notes\"}".formatted(notebook));

        assertThat(redriven.path("redriven").asInt()).isEqualTo(2);
        assertThat(redriven.path("finished").asBoolean()).isTrue();
        assertThat(notebooks.applied(notebook)).containsExactly(1, 2);
        expect(404, "/dead-letters/redrive", "{\"key\":\"%s\"}".formatted(notebook), "Nothing of key");
    }

    @Test
    void one_letter_is_redriven_unless_another_comes_before_it() {
        notebooks.take(notebook, POISON, "after");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2");
        handlers.mend(notebook);
        UUID first = notebooks.deadLetter(notebook, 1);
        UUID second = notebooks.deadLetter(notebook, 2);

        expect(409, "/dead-letters/redrive", "{\"id\":\"%s\"}".formatted(second), "comes before this one");
        assertThat(post("/dead-letters/redrive", "{\"id\":\"%s\"}".formatted(first))
                        .path("redriven")
                        .asInt())
                .isEqualTo(1);
        expect(404, "/dead-letters/redrive", "{\"id\":\"%s\"}".formatted(first), "redriven already");
        post("/dead-letters/redrive", "{\"id\":\"%s\"}".formatted(second));

        assertThat(notebooks.applied(notebook)).containsExactly(1, 2);
        assertThat(notebooks.isParked(notebook)).isFalse();
    }

    @Test
    void everything_is_redriven_and_what_fails_again_stays() {
        String mended = notebooks.anyName();
        notebooks.take(notebook, POISON, "after");
        notebooks.take(mended, POISON, "after");
        notebooks.awaitParked(notebook, "FAILED 1", "WAITING 2");
        notebooks.awaitParked(mended, "FAILED 1", "WAITING 2");
        handlers.mend(mended);

        post("/dead-letters/redrive", "{\"all\":true}");

        assertThat(notebooks.applied(mended)).containsExactly(1, 2);
        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1", "WAITING 2");
    }

    @Test
    void a_letter_is_discarded_by_somebody_for_a_reason() {
        notebooks.take(notebook, POISON);
        notebooks.awaitParked(notebook, "FAILED 1");
        UUID letter = notebooks.deadLetter(notebook, 1);
        String uri = "/dead-letters/%s?by=ada&reason=A test wrote it.".formatted(letter);

        JsonNode discarded = http.delete()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(JsonNode.class)
                .getResponseBody();

        assertThat(discarded.at("/deadLetter/state").asString()).isEqualTo("DISCARDED");
        assertThat(discarded.at("/deadLetter/discarded/by").asString()).isEqualTo("ada");
        assertThat(discarded.at("/deadLetter/discarded/why").asString()).isEqualTo("A test wrote it.");
        assertThat(countOf("state=discarded")).isEqualTo(1);
        assertThat(get("/dead-letters?key=" + notebook).path("deadLetters").isEmpty())
                .isTrue();
        http.delete().uri(uri).exchange().expectStatus().isEqualTo(409);
        expect(409, "/dead-letters/redrive", "{\"id\":\"%s\"}".formatted(letter), "discarded already");
        notebooks.take(notebook, "flows");
        notebooks.awaitApplied(notebook, 1);
    }

    @Test
    void nothing_is_left_of_what_a_discarded_letter_said_of_a_person() {
        String name = "Lovelace-" + UUID.randomUUID();
        eventBus.publish(new ReaderNamed(notebook, name));
        await().until(() -> notebooks.isParked(notebook));
        String letter = "/dead-letters/"
                + get("/dead-letters?key=" + notebook).at("/deadLetters/0/id").asString();
        assertThat(get(letter).toString()).contains(name);

        http.delete()
                .uri(letter + "?by=ada&reason=Nobody needs it.")
                .exchange()
                .expectStatus()
                .isOk();

        JsonNode emptied = get(letter);
        assertThat(emptied.toString()).doesNotContain(name);
        assertThat(emptied.at("/deadLetter/discarded/emptied").asBoolean()).isTrue();
        assertThat(emptied.path("payload").asString()).isEmpty();
        assertThat(emptied.path("stack").isNull()).isTrue();
        assertThat(get("/dead-letters?state=DISCARDED&key=" + notebook).toString())
                .doesNotContain(name);
        assertThat(jdbc.queryForList(
                        "select dead_letter::text || encode(payload, 'escape') from dead_letter where key = ?",
                        String.class,
                        notebook))
                .singleElement()
                .asString()
                .doesNotContain(name);
    }

    @Test
    void a_discarded_letter_of_which_nobody_knows_whether_it_is_personal_is_emptied_and_another_is_kept() {
        new Topic("notes").send(notebook, "Ada Lovelace".getBytes(StandardCharsets.UTF_8), Map.of());
        await().until(() -> notebooks.isParked(notebook));
        String unreadable =
                get("/dead-letters?key=" + notebook).at("/deadLetters/0/id").asString();
        String readable = notebooks.anyName();
        notebooks.take(readable, POISON);
        notebooks.awaitParked(readable, "FAILED 1");
        UUID known = notebooks.deadLetter(readable, 1);

        for (Object letter : List.of(unreadable, known)) {
            http.delete()
                    .uri("/dead-letters/%s?by=ada&reason=Nobody needs it.".formatted(letter))
                    .exchange()
                    .expectStatus()
                    .isOk();
        }

        assertThat(get("/dead-letters/" + unreadable).toString()).doesNotContain("Lovelace");
        JsonNode kept = get("/dead-letters/" + known);
        assertThat(kept.path("payload").asString()).contains(POISON);
        assertThat(kept.at("/deadLetter/discarded/emptied").asBoolean()).isFalse();
    }

    @Test
    void who_discards_must_say_so_and_why() {
        notebooks.take(notebook, POISON);
        notebooks.awaitParked(notebook, "FAILED 1");
        String uri = "/dead-letters/" + notebooks.deadLetter(notebook, 1);

        assertThat(deleteFails(400, uri)).contains("by: must be 1 to 200 characters");
        assertThat(deleteFails(400, uri + "?by=ada")).contains("reason: must be 1 to 1,000 characters");
        assertThat(deleteFails(404, "/dead-letters/%s?by=ada&reason=gone".formatted(UUID.randomUUID())))
                .contains("There is no dead letter");
        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1");
    }

    private String deleteFails(int status, String uri) {
        return http.delete()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .returnResult(String.class)
                .getResponseBody();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                  | exactly one of
                    {"all":false}                       | exactly one of
                    {"all":true,"type":"NoteTaken"}     | exactly one of
                    {"topic":"notes","all":true}        | topic: goes with a key only
                    {"key":""}                          | key: must not be empty
                    {"key":"a\\u0000b"}                 | key: must not contain the character NUL
                    {"type":" "}                        | type: must be 1 to 200 characters
                    {"id":"7"}                          | id: has a value of the wrong form
                    no JSON                             | body: must be JSON
                    """)
    void a_redrive_must_say_of_what(String body, String rule) {
        expect(400, "/dead-letters/redrive", body, rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /dead-letters?limit=0      | limit: must be from 1 to 1,000
                    /dead-letters?limit=1001   | limit: must be from 1 to 1,000
                    /dead-letters?cursor=last  | cursor: must be a whole number
                    /dead-letters?state=gone   | state: must be one of [FAILED, WAITING, DISCARDED]
                    /dead-letters/seven        | id: must be a UUID
                    """)
    void what_is_asked_for_must_be_readable(String uri, String rule) {
        assertThat(http.get()
                        .uri(uri)
                        .exchange()
                        .expectStatus()
                        .isBadRequest()
                        .returnResult(String.class)
                        .getResponseBody())
                .contains(rule);
    }

    private JsonNode get(String uri) {
        return http.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(JsonNode.class)
                .getResponseBody();
    }

    private JsonNode post(String uri, String body) {
        return http.post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(JsonNode.class)
                .getResponseBody();
    }

    private void expect(int status, String uri, String body, String words) {
        assertThat(http.post()
                        .uri(uri)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .returnResult(String.class)
                        .getResponseBody())
                .contains(words);
    }
}
