package io.tidings.bus.web;

import static io.tidings.bus.notes.NoteHandlers.CUT_OFF;
import static io.tidings.bus.notes.NoteHandlers.OF_NO_USE;
import static io.tidings.bus.notes.NoteHandlers.POISON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.handling.Redrive;
import io.tidings.bus.handling.Redrive.Target;
import io.tidings.bus.handling.RedriveResult;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.bus.notes.NoteApplication;
import io.tidings.bus.notes.NoteHandlers;
import io.tidings.bus.notes.Notebooks;
import io.tidings.bus.outbox.OutboxRelay;
import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.OnInfrastructure;
import io.tidings.infrastructure.test.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** What the README promises to those who operate a service, and {@code DeadLetterDoorTest} does not show. */
@SpringBootTest(
        classes = NoteApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=operated-service",
            "spring.main.web-application-type=servlet",
            "tidings.dead-letters.longest-redrive=20ms",
            "tidings.web.problems=true",
            "tidings.web.operators=true"
        })
@Import({Notebooks.class, OperatorsTest.Meters.class})
@OnInfrastructure({Part.KAFKA, Part.POSTGRES})
class OperatorsTest {

    private static final Path README = Path.of("README.md");
    private static final Topic NOTES = new Topic("notes");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestConfiguration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    @Autowired
    Notebooks notebooks;

    @Autowired
    NoteHandlers handlers;

    @Autowired
    Redrive redrive;

    @Autowired
    OutboxRelay relay;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MeterRegistry meters;

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
    void every_metric_of_the_readme_is_there_as_it_says(@Autowired List<MeterBinder> gauges) throws IOException {
        // given a service that has handled, dropped, skipped, dead-lettered, redriven and discarded something
        gauges.forEach(gauge -> gauge.bindTo(meters)); // as an actuator does
        CloudEvent note = CloudEvent.of("io.tidings.NoteTaken.v1", notebook, """
                {"notebook": "%s", "page": 1, "text": "twice"}""".formatted(notebook));
        NOTES.send(note, CloudEvent.of("io.tidings.NobodyHandlesThis.v1", notebook, "{}"), note);
        notebooks.awaitApplied(notebook, 1);
        String mended = notebooks.anyName();
        String discarded = notebooks.anyName();
        notebooks.take(mended, POISON);
        notebooks.take(discarded, POISON);
        notebooks.awaitParked(mended, "FAILED 1");
        notebooks.awaitParked(discarded, "FAILED 1");
        handlers.mend(mended);
        await().until(() -> {
            redrive.redrive(new Target.Key(null, mended));
            return !notebooks.isParked(mended);
        });
        redrive.discard(notebooks.deadLetter(discarded, 1), "Ada", "It is a test.");

        // then
        Map<String, String> promised = metricsOfTheReadme();
        assertThat(promised).hasSizeGreaterThan(10);
        promised.forEach((name, kind) -> {
            Meter meter = await(name).until(() -> meters.find(name).meter(), found -> found != null);
            String type = meter.getId().getType().name().toLowerCase().replace('_', ' ');
            assertThat(kind).as(name).startsWith(type);
            assertThat(meter.getId().getTag("type") != null)
                    .as("whether %s tells the type", name)
                    .isEqualTo(kind.contains("by `type`"));
            if (kind.contains("seconds")) {
                assertThat(meter.getId().getBaseUnit()).as(name).isEqualTo("seconds");
            }
        });
        assertThat(promised.keySet())
                .as("the metrics that the README tells")
                .containsAll(meters.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .filter(name -> name.startsWith("tidings."))
                        .toList());
        await().until(() -> Stream.of("skipped", "duplicates", "dead.lettered")
                .allMatch(what ->
                        meters.find("tidings.messages." + what).counter().count() > 0));
    }

    @Test
    void what_no_handler_needs_counts_once_however_often_its_batch_is_given(
            @Autowired BatchProcessor processor, @Autowired EnvelopeFactory envelopes) {
        Counter skipped = meters.get("tidings.messages.skipped").counter();
        double before = skipped.count();
        List<Envelope> batch = List.of(
                envelopes.seal(notebooks.nextNote(notebook, OF_NO_USE)),
                envelopes.seal(notebooks.nextNote(notebook, CUT_OFF)));

        assertThatThrownBy(() -> processor.process(batch)).isInstanceOf(RuntimeException.class);
        processor.process(batch);

        assertThat(notebooks.applied(notebook)).containsExactly(2);
        assertThat(skipped.count() - before).isEqualTo(1);
    }

    /** Each with its kind. What begins with a dot stands for the last word of the one before it. */
    private static Map<String, String> metricsOfTheReadme() throws IOException {
        Map<String, String> metrics = new TreeMap<>();
        Pattern row = Pattern.compile("^\\| (`tidings\\.[^|]+) \\| ([^|]+) \\|", Pattern.MULTILINE);
        String section =
                Files.readString(README).split("\n## Metrics and health\n")[1].split("\n## ")[0];
        row.matcher(section).results().forEach(found -> {
            String first = "";
            for (String name : namesIn(found.group(1))) {
                first = name.startsWith(".") ? first.substring(0, first.lastIndexOf('.')) + name : name;
                metrics.put(first, found.group(2));
            }
        });
        return metrics;
    }

    private static List<String> namesIn(String cell) {
        return Pattern.compile("`([a-z.]+)`")
                .matcher(cell)
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList();
    }

    @Test
    void messages_that_the_broker_refuses_are_listed_page_by_page_with_the_reason() {
        // given
        Set<String> others = Set.of(notebooks.anyName(), notebooks.anyName());
        relay.stop();
        try {
            notebooks.take(notebook, "refused", "behind");
            others.forEach(other -> notebooks.take(other, "refused"));
            jdbc.update("update outbox set topic = 'no topic can have this name' where key = ?", notebook);
            others.forEach(other ->
                    jdbc.update("update outbox set topic = 'no topic can have this name' where key = ?", other));
        } finally {
            relay.start();
        }
        try {
            await().atMost(PATIENCE)
                    .until(() -> get("/outbox/held").path("held").size() == 3);
            // when
            JsonNode first = get("/outbox/held?limit=2");
            JsonNode second =
                    get("/outbox/held?limit=2&cursor=" + first.path("next").asLong());
            // then
            assertThat(first.path("held").size()).isEqualTo(2);
            assertThat(second.path("held").size()).isEqualTo(1);
            assertThat(second.path("next").isNull()).isTrue();
            JsonNode held = first.path("held").get(0);
            assertThat(held.propertyNames())
                    .containsExactly(
                            "position",
                            "messageId",
                            "topic",
                            "key",
                            "type",
                            "size",
                            "publishedAt",
                            "since",
                            "refusals",
                            "reason",
                            "behind");
            assertThat(held.path("key").asString()).isEqualTo(notebook);
            assertThat(held.path("type").asString()).isEqualTo("io.tidings.NoteTaken.v1");
            assertThat(held.path("behind").asInt()).isEqualTo(1);
            assertThat(held.path("refusals").asInt()).isPositive();
            assertThat(held.path("reason").asString()).contains("InvalidTopicException");
        } finally {
            jdbc.update("delete from outbox where topic = 'no topic can have this name'");
        }
        await().until(() -> get("/outbox/held").path("held").isEmpty());
    }

    @Test
    void a_page_of_what_is_held_back_has_a_limit() {
        for (String limit : List.of("0", "1001")) {
            ask("/outbox/held?limit=" + limit)
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.detail")
                    .isEqualTo("limit: must be from 1 to 1,000");
        }
    }

    @Test
    void a_redrive_whose_time_is_up_says_so_and_the_next_one_goes_on_in_order() {
        // given
        int pages = 100;
        String[] texts = IntStream.rangeClosed(1, pages)
                .mapToObj(page -> page == 1 ? POISON : "waits")
                .toArray(String[]::new);
        notebooks.take(notebook, texts);
        await().atMost(PATIENCE).until(() -> notebooks.parked(notebook).size() == pages);
        handlers.mend(notebook);
        // when
        List<RedriveResult> results = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ZERO).until(() -> {
            results.add(redrive.redrive(new Target.Key("notes", notebook)));
            return results.getLast().finished();
        });
        // then
        assertThat(results).hasSizeGreaterThan(1);
        assertThat(results.stream().mapToInt(RedriveResult::redriven).sum()).isEqualTo(pages);
        assertThat(notebooks.isParked(notebook)).isFalse();
        notebooks.awaitApplied(notebook, IntStream.rangeClosed(1, pages).boxed().toArray(Integer[]::new));
    }

    private JsonNode get(String path) {
        return ask(path).expectStatus().isOk().returnResult(JsonNode.class).getResponseBody();
    }

    private ResponseSpec ask(String path) {
        return http.get().uri(path).exchange();
    }
}
