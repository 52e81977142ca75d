package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.Envelope;
import io.tidings.events.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EntityTest extends AuditServiceTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Autowired
    AuditTrail trail;

    @Autowired
    TransactionTemplate transactions;

    private final UUID order = UUID.randomUUID();
    private final UUID user = UUID.randomUUID();

    @Test
    void an_order_is_shown_as_it_was_before_and_after_its_payment_failed() {
        // given
        placeAndFail();
        // when
        JsonNode before = get("/entities/order/{id}?asOf={time}", order, NOON.plusSeconds(1));
        JsonNode after = get("/entities/order/{id}?asOf={time}", order, NOON.plusSeconds(2));
        // then
        assertThat(before.get("state").get("status").asString()).isEqualTo("PLACED");
        assertThat(before.get("state").get("payment").isNull()).isTrue();
        assertThat(before.get("position").asInt()).isEqualTo(2);
        assertThat(before.get("positions").asInt()).isEqualTo(3);
        assertThat(after.get("state").get("payment").asString()).isEqualTo("FAILED");
        JsonNode step = after.get("history").get(2);
        assertThat(step.get("name").asString()).isEqualTo("PaymentFailed");
        assertThat(step.get("changes").get(0).toString())
                .isEqualTo("{\"field\":\"payment\",\"from\":null,\"to\":\"FAILED\"}");
    }

    @Test
    void an_order_is_shown_after_any_of_its_steps() {
        // given
        placeAndFail();
        // then
        JsonNode second = get("/entities/order/{id}?position=2", order);
        assertThat(second.get("state").get("stock").asString()).isEqualTo("RESERVED");
        assertThat(second.get("history").size()).isEqualTo(2);
        assertThat(get("/entities/order/{id}", order).get("position").asInt()).isEqualTo(3);
    }

    @Test
    void an_account_is_what_the_bus_knows_of_it_and_says_who_knows_more() {
        // given
        placeAndFail();
        // when
        JsonNode account = get("/entities/account/{id}?asOf={time}", user, NOON.plusSeconds(2));
        // then
        assertThat(account.get("state").get("failedPayments").asInt()).isEqualTo(1);
        assertThat(account.get("more").asString()).isEqualTo("/accounts/%s?asOf=2026-01-31T12:00:02Z".formatted(user));
    }

    @Test
    void an_account_of_thousands_of_payments_is_told_in_an_answer_of_their_length() {
        // given
        int payments = 3_000;
        List<AuditEvent> told =
                IntStream.rangeClosed(1, payments).mapToObj(this::paymentOf).toList();
        transactions.executeWithoutResult(transaction -> trail.append(told));
        // when
        String whole =
                http().get().uri("/entities/account/{id}", user).retrieve().body(String.class);
        JsonNode early = get("/entities/account/{id}?position=1000", user);
        // then
        JsonNode account = JsonMapper.shared().readTree(whole);
        assertThat(account.get("position").asInt()).isEqualTo(payments);
        assertThat(account.get("history").size()).isEqualTo(payments);
        assertThat(account.get("state").get("paid").size()).isEqualTo(payments);
        assertThat(account.get("state").get("spentMinorUnits").toString()).isEqualTo("{\"USD\":4501500}");
        assertThat(account.get("history").get(999).get("changes").size()).isEqualTo(2);
        assertThat(account.get("history").get(999).get("changes").get(1).toString())
                .isEqualTo("{\"field\":\"spentMinorUnits.USD\",\"from\":499500,\"to\":500500}");
        assertThat(whole.length() / payments).isLessThan(1_000);
        assertThat(early.get("positions").asInt()).isEqualTo(payments);
        assertThat(early.get("history").size()).isEqualTo(1_000);
        assertThat(early.get("state").get("paid").size()).isEqualTo(1_000);
        assertThat(early.get("state").get("spentMinorUnits").toString()).isEqualTo("{\"USD\":500500}");
    }

    @Test
    void a_history_that_would_not_fit_into_memory_is_not_told() {
        // given
        String sku = "sku-" + order;
        List<AuditEvent> told =
                IntStream.range(0, 6).mapToObj(number -> longMessageOf(sku)).toList();
        transactions.executeWithoutResult(transaction -> trail.append(told.subList(0, 4)));
        assertThat(answerTo("/entities/product/" + sku).getStatusCode()).isEqualTo(HttpStatus.OK);
        // when
        transactions.executeWithoutResult(transaction -> trail.append(told));
        ResponseEntity<String> answer = answerTo("/entities/product/" + sku);
        // then
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(JsonMapper.shared().readTree(answer.getBody()).get("detail").asString())
                .isEqualTo(
                        "id: has more than 10,000 messages, or more than 4 MiB of them, too much for one history: page through GET /events?key=%s"
                                .formatted(sku));
    }

    private static AuditEvent longMessageOf(String sku) {
        return new AuditEvent(
                TimeOrderedId.next(),
                Topics.PRODUCTS,
                sku,
                "io.tidings.ProductListed.v1",
                "/warehouse-service",
                "flow-" + sku,
                null,
                null,
                NOON,
                NOON,
                Map.of(),
                "\"%s\"".formatted("x".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8));
    }

    /** Of as many cents as its number, told so many seconds after noon. */
    private AuditEvent paymentOf(int number) {
        UUID paid = UUID.randomUUID();
        Instant time = NOON.plusSeconds(number);
        return new AuditEvent(
                TimeOrderedId.next(),
                Topics.PAYMENTS,
                paid.toString(),
                "io.tidings.PaymentProcessed.v1",
                "/payment-service",
                "flow-" + paid,
                null,
                null,
                time,
                time,
                Map.of(),
                """
                {"orderId":"%s","userId":"%s","amount":{"minorUnits":%d,"currency":"USD"},"fulfilment":"CHOREOGRAPHY"}
                """.formatted(paid, user, number).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /entities/parcel/1                             | 400 | type: must be one of order, user, product, account
            /entities/order/first                          | 400 | id: must be a UUID
            /entities/order/{order}?asOf=yesterday         | 400 | asOf: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            /entities/order/{order}?asOf=9000-01-01T00:00:00Z | 400 | asOf: must not be in the future, which has not happened yet
            /entities/order/{order}?asOf=2026-01-31T11:59:59Z | 404 | Nothing had been told of {order} at 2026-01-31T11:59:59Z: the first message is of 2026-01-31T12:00:00Z.
            /entities/order/{order}?position=0             | 400 | position: must be from 1 to 3
            /entities/order/{order}?position=4             | 400 | position: must be from 1 to 3
            /entities/order/{order}?position=last          | 400 | position: must be a whole number
            /entities/order/{order}?position=1&asOf=2026-01-31T12:00:00Z | 400 | position: must not be given together with asOf
            /entities/product/nothing                      | 404 | Nobody has told anything of product nothing. If it was made a moment ago, try again in a second.
            """)
    void a_request_that_can_not_be_granted_is_told_why(String path, int status, String detail) {
        // given
        placeAndFail();
        // when
        ResponseEntity<String> answer = answerTo(path.replace("{order}", order.toString()));
        // then
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.valueOf(status));
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(JsonMapper.shared().readTree(answer.getBody()).get("detail").asString())
                .isEqualTo(detail.replace("{order}", order.toString()));
    }

    private ResponseEntity<String> answerTo(String path) {
        return http().get()
                .uri(URI.create("http://127.0.0.1:" + port + path))
                .retrieve()
                .onStatus(any -> true, (request, response) -> {})
                .toEntity(String.class);
    }

    private void placeAndFail() {
        String rest = """
                "orderId":"%s","userId": "%s","fulfilment":"CHOREOGRAPHY","%%s":{"minorUnits":9000,"currency":"USD"}\
                """.formatted(order, user);
        tell(Topics.ORDERS, "OrderPlaced.v2", "{%s,\"lines\":[]}".formatted(rest.formatted("total")), 0);
        tell(Topics.INVENTORY, "InventoryReserved.v1", "{%s}".formatted(rest.formatted("total")), 1);
        tell(
                Topics.PAYMENTS,
                "PaymentFailed.v1",
                "{%s,\"reason\":\"There is too little.\"}".formatted(rest.formatted("amount")),
                2);
        eventsOf(order.toString(), 3);
    }

    private void tell(String topic, String type, String payload, int seconds) {
        Envelope message =
                Kafka.message(topic, order.toString(), "io.tidings." + type, payload, NOON.plusSeconds(seconds));
        Kafka.tell(message);
    }
}
