package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.message.CloudEventHeaders;
import io.tidings.bus.message.Envelope;
import io.tidings.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordingTest extends AuditServiceTest {

    private static final String ORDER_PLACED = "io.tidings.OrderPlaced.v2";

    static Stream<String> topics() {
        return Stream.of(
                Topics.USERS,
                Topics.PRODUCTS,
                Topics.ORDERS,
                Topics.INVENTORY,
                Topics.PAYMENTS,
                Topics.SHIPMENTS,
                Topics.NOTIFICATIONS,
                "user-service.dlt",
                "order-service.dlt",
                "payment-service.dlt",
                "warehouse-service.dlt",
                "shipping-service.dlt",
                "email-service.dlt",
                "analytics-service.dlt",
                "search-service.dlt",
                "recommendation-service.dlt");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void messages_of_every_topic_are_recorded(String topic) {
        // given
        String key = someKey();
        // when
        Kafka.tell(Kafka.message(topic, key, "io.tidings.SomethingHappened.v1", "{}"));
        // then
        assertThat(eventsOf(key, 1))
                .singleElement()
                .satisfies(event -> assertThat(event.get("topic").asString()).isEqualTo(topic));
    }

    @Test
    void a_message_is_recorded_with_all_that_it_says() {
        // given
        String payload = """
                {"orderId": "0199", "total": {"minorUnits": 1999, "currency": "USD"}, "rate": 1.10, "note": "für Zoë"}""";
        Envelope placed = Kafka.message(
                Topics.ORDERS, someKey(), ORDER_PLACED, payload, Instant.parse("2026-01-31T12:00:00.123456Z"));
        // when
        Kafka.tell(placed);
        // then
        JsonNode event = eventsOf(placed.key(), 1).getFirst();
        assertThat(event.propertyNames())
                .containsExactlyInAnyOrder(
                        "eventId",
                        "topic",
                        "key",
                        "type",
                        "source",
                        "correlationId",
                        "causationId",
                        "time",
                        "recordedAt",
                        "data",
                        "annotations");
        assertThat(event.get("eventId").asString()).isEqualTo(placed.id().toString());
        assertThat(event.get("type").asString()).isEqualTo(ORDER_PLACED);
        assertThat(event.get("source").asString()).isEqualTo("/a-service");
        assertThat(event.get("correlationId").asString()).isEqualTo(placed.correlationId());
        assertThat(event.get("causationId").asString()).isEqualTo(placed.causationId());
        assertThat(event.get("time").asString()).isEqualTo("2026-01-31T12:00:00.123456Z");
        assertThat(Instant.parse(event.get("recordedAt").asString())).isAfter(placed.time());
        assertThat(event.get("data")).isEqualTo(JsonMapper.shared().readTree(payload));
        // and
        assertThat(database.sql("select payload, traceparent from audit_event where event_id = ?")
                        .param(placed.id())
                        .query()
                        .singleRow())
                .containsEntry("payload", placed.payload())
                .containsEntry("traceparent", placed.traceparent());
    }

    @Test
    void a_message_of_a_type_that_nobody_knows_is_recorded() {
        // given
        String key = someKey();
        // when
        Kafka.tell(Kafka.message(Topics.ORDERS, key, "org.example.weather", "{\"rain\": true}"));
        // then
        JsonNode event = eventsOf(key, 1).getFirst();
        assertThat(event.get("type").asString()).isEqualTo("org.example.weather");
        assertThat(event.get("data").get("rain").asBoolean()).isTrue();
    }

    @Test
    void what_is_no_message_at_all_is_recorded() {
        // given
        String key = someKey();
        byte[] payload = {(byte) 0xff, 0, 1, 2};
        // when
        Kafka.tell(Topics.ORDERS, key, Map.of(), payload);
        // then
        JsonNode event = eventsOf(key, 1).getFirst();
        assertThat(event.get("type").asString()).isEmpty();
        assertThat(event.get("data").isNull()).isTrue();
        assertThat(Base64.getDecoder().decode(event.get("unreadable").asString()))
                .isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"orderId\":", "{} and more", "\uFEFF{}", "NaN"})
    void what_is_no_json_is_recorded_as_it_came(String payload) {
        // given
        String key = someKey();
        // when
        Kafka.tell(Kafka.message(Topics.ORDERS, key, ORDER_PLACED, payload));
        // then
        JsonNode event = eventsOf(key, 1).getFirst();
        assertThat(event.get("type").asString()).isEqualTo(ORDER_PLACED);
        assertThat(event.get("data").isNull()).isTrue();
        assertThat(new String(Base64.getDecoder().decode(event.get("unreadable").asString()), StandardCharsets.UTF_8))
                .isEqualTo(payload);
    }

    @Test
    void whatever_a_producer_writes_outside_is_recorded() {
        // given
        String key = someKey() + "\0" + "x".repeat(10_000);
        Map<String, String> headers =
                new HashMap<>(CloudEventHeaders.write(Kafka.message(Topics.ORDERS, key, "t", "{}")));
        headers.put("ce_time", "+999999999-12-31T23:59:59Z");
        headers.put("ce_type", "no\0type" + "y".repeat(5_000));
        headers.put("ce_correlationid", "z".repeat(5_000));
        headers.put("remark", "NUL is \0");
        // when
        Kafka.tell(Topics.ORDERS, key, headers, "{}".getBytes(StandardCharsets.UTF_8));
        // then
        await().until(() -> !eventsOfFlow("z".repeat(5_000)).isEmpty());
        JsonNode event = eventsOfFlow("z".repeat(5_000)).getFirst();
        assertThat(event.get("key").asString()).isEqualTo(key.replace('\0', '\uFFFD'));
        assertThat(event.get("type").asString()).startsWith("no\uFFFDtypey");
        assertThat(event.get("annotations").get("remark").asString()).isEqualTo("NUL is \uFFFD");
        assertThat(Instant.parse(event.get("time").asString()))
                .as("the broker's time, as the producer's is none")
                .isBetween(
                        Instant.parse(event.get("recordedAt").asString()).minusSeconds(60),
                        Instant.parse(event.get("recordedAt").asString()).plusSeconds(60));
    }

    @Test
    void a_dead_letter_is_recorded_with_its_reason() {
        // given
        Envelope deadLetter = Kafka.message("order-service.dlt", someKey(), ORDER_PLACED, "{\"lines\": null}");
        Map<String, String> headers = new HashMap<>(CloudEventHeaders.write(deadLetter));
        headers.put("dead-letter-service", "order-service");
        headers.put("dead-letter-reason", "OrderPlaced has no field 'lines', which it must have.");
        // when
        Kafka.tell(deadLetter.topic(), deadLetter.key(), headers, deadLetter.payload());
        // then
        JsonNode annotations = eventsOf(deadLetter.key(), 1).getFirst().get("annotations");
        assertThat(annotations.get("dead-letter-service").asString()).isEqualTo("order-service");
        assertThat(annotations.get("dead-letter-reason").asString())
                .isEqualTo("OrderPlaced has no field 'lines', which it must have.");
    }

    @Test
    void a_message_is_recorded_once_although_it_comes_twice() {
        // given
        Envelope placed = Kafka.message(Topics.ORDERS, someKey(), ORDER_PLACED, "{}");
        // when
        Kafka.tell(placed);
        Kafka.tell(placed);
        Kafka.tell(Kafka.message(Topics.ORDERS, placed.key(), "io.tidings.OrderCompleted.v1", "{}"));
        // then
        assertThat(eventsOf(placed.key(), 2))
                .extracting(event -> event.get("type").asString())
                .containsExactlyInAnyOrder(ORDER_PLACED, "io.tidings.OrderCompleted.v1");
    }

    @Test
    void a_message_is_recorded_once_although_it_comes_again_when_the_inbox_has_forgotten_it() {
        // given
        Envelope placed = Kafka.message(Topics.ORDERS, someKey(), ORDER_PLACED, "{}");
        Kafka.tell(placed);
        eventsOf(placed.key(), 1);
        database.sql("delete from inbox where event_id = ?").param(placed.id()).update();
        // when
        Kafka.tell(placed);
        Kafka.tell(Kafka.message(Topics.ORDERS, placed.key(), "io.tidings.OrderCompleted.v1", "{}"));
        // then
        assertThat(eventsOf(placed.key(), 2))
                .extracting(event -> event.get("type").asString())
                .containsExactlyInAnyOrder(ORDER_PLACED, "io.tidings.OrderCompleted.v1");
    }

    private List<JsonNode> eventsOfFlow(String correlationId) {
        return get("/events?correlationId={id}", correlationId)
                .get("events")
                .valueStream()
                .toList();
    }
}
