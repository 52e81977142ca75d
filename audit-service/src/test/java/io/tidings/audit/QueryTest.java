package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.message.Envelope;
import io.tidings.events.Topics;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QueryTest extends AuditServiceTest {

    @Test
    void messages_are_found_by_name_or_whole_type() {
        // given
        String key = someKey();
        Envelope first = Kafka.message(Topics.ORDERS, key, "io.tidings.OrderAdmired.v1", "{}");
        Envelope second = Kafka.message(Topics.ORDERS, key, "io.tidings.OrderAdmired.v2", "{}");
        Envelope other = Kafka.message(Topics.ORDERS, key, "io.tidings.OrderScorned.v1", "{}");
        Envelope foreign = Kafka.message(Topics.ORDERS, key, "org.example.weather", "{}");
        // when
        List.of(first, second, other, foreign).forEach(Kafka::tell);
        eventsOf(key, 4);
        // then
        assertThat(idsOfType("OrderAdmired", key)).containsExactlyInAnyOrder(id(first), id(second));
        assertThat(idsOfType("io.tidings.OrderAdmired.v2", key)).containsExactly(id(second));
        assertThat(idsOfType("org.example.weather", key)).containsExactly(id(foreign));
        assertThat(idsOfType("Order", key)).isEmpty();
    }

    @Test
    void messages_are_found_by_key_and_by_flow() {
        // given
        Envelope one = Kafka.message(Topics.ORDERS, someKey(), "io.tidings.OrderPlaced.v2", "{}");
        Envelope other = Kafka.message(Topics.ORDERS, someKey(), "io.tidings.OrderPlaced.v2", "{}");
        // when
        Kafka.tell(one);
        Kafka.tell(other);
        eventsOf(one.key(), 1);
        eventsOf(other.key(), 1);
        // then
        assertThat(idsOf(get("/events?key={key}", one.key()))).containsExactly(id(one));
        assertThat(idsOf(get("/events?correlationId={id}", one.correlationId())))
                .containsExactly(id(one));
        assertThat(idsOf(get("/events?key={key}&correlationId={id}", one.key(), other.correlationId())))
                .isEmpty();
    }

    @Test
    void messages_are_found_by_time() {
        // given
        String key = someKey();
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");
        List<Envelope> messages = IntStream.range(0, 4)
                .mapToObj(minute -> Kafka.message(
                        Topics.ORDERS, key, "io.tidings.OrderPlaced.v2", "{}", noon.plusSeconds(60L * minute)))
                .toList();
        // when
        messages.forEach(Kafka::tell);
        eventsOf(key, 4);
        // then
        assertThat(idsOf(get("/events?key={key}&from=2026-01-31T12:01:00Z&to=2026-01-31T12:03:00Z", key)))
                .containsExactlyInAnyOrder(id(messages.get(1)), id(messages.get(2)));
        assertThat(idsOf(get("/events?key={key}&from=2026-01-31T12:03:00Z", key)))
                .containsExactly(id(messages.get(3)));
        assertThat(idsOf(get("/events?key={key}&to=2026-01-31T12:01:00Z", key))).containsExactly(id(messages.get(0)));
    }

    @Test
    void messages_are_listed_by_pages_in_the_order_of_their_ids() {
        // given
        String key = someKey();
        List<Envelope> messages = IntStream.range(0, 5)
                .mapToObj(number -> Kafka.message(Topics.ORDERS, key, "io.tidings.OrderPlaced.v2", "{}"))
                .toList();
        messages.forEach(Kafka::tell);
        eventsOf(key, 5);
        // when
        List<List<String>> pages = new ArrayList<>();
        JsonNode page = get("/events?key={key}&limit=2", key);
        pages.add(idsOf(page));
        while (!page.get("next").isNull()) {
            page = get(
                    "/events?key={key}&limit=2&cursor={next}",
                    key,
                    page.get("next").asString());
            pages.add(idsOf(page));
        }
        // then
        assertThat(pages).extracting(List::size).containsExactly(2, 2, 1);
        assertThat(pages.stream().flatMap(List::stream))
                .containsExactlyElementsOf(
                        messages.stream().map(QueryTest::id).sorted().toList());
    }

    @Test
    void a_page_of_long_messages_has_fewer_of_them() {
        // given
        String key = someKey();
        String payload = "\"%s\"".formatted("x".repeat(900_000));
        IntStream.range(0, 4)
                .forEach(number -> Kafka.tell(Kafka.message(Topics.ORDERS, key, "io.tidings.OrderPlaced.v2", payload)));
        // when
        JsonNode first = firstPageOf(key);
        JsonNode second =
                get("/events?key={key}&cursor={next}", key, first.get("next").asString());
        // then
        assertThat(first.get("events").size()).isEqualTo(3);
        assertThat(second.get("events").size()).isEqualTo(1);
        assertThat(second.get("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=0                                            | limit: must be from 1 to 1000
            limit=1001                                         | limit: must be from 1 to 1000
            cursor=yesterday                                   | cursor: must be a UUID
            from=yesterday                                     | from: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            from=1767225600                                    | from: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            to=2026-01-31                                      | to: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            to=%2B999999999-01-01T00:00:00Z                    | to: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            from=2026-01-31T12:00:00Z&to=2026-01-31T12:00:00Z  | from: must be before to
            """)
    void a_request_that_breaks_a_rule_is_told_which(String query, String detail) {
        // when
        ResponseEntity<String> answer = http().get()
                .uri(URI.create("http://127.0.0.1:" + port + "/events?" + query))
                .retrieve()
                .onStatus(status -> true, (request, response) -> {})
                .toEntity(String.class);
        // then
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(JsonMapper.shared().readTree(answer.getBody()).get("detail").asString())
                .isEqualTo(detail);
    }

    @Test
    void what_nobody_could_have_written_is_not_found() {
        assertThat(eventsOf("a\0key")).isEmpty();
    }

    private JsonNode firstPageOf(String key) {
        await().until(() -> database.sql("select count(*) from audit_event where key = ?")
                        .param(key)
                        .query(Integer.class)
                        .single()
                == 4);
        return get("/events?key={key}", key);
    }

    private List<String> idsOfType(String type, String key) {
        return idsOf(get("/events?type={type}&key={key}", type, key));
    }

    private static String id(Envelope message) {
        return message.id().toString();
    }
}
