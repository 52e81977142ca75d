package io.tidings.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidings.analytics.News;
import io.tidings.analytics.RunningService;
import io.tidings.bus.operations.Cleaner;
import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.events.user.UserCreated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningService
class AnalyticsApiTest {

    private static final AtomicInteger DAYS = new AtomicInteger();
    private static final UUID USER = UUID.randomUUID();
    private static final Money TOTAL = new Money(1_250, "USD");

    @Autowired
    RestTestClient http;

    @Autowired
    JdbcClient database;

    @Autowired
    Cleaner cleaner;

    /** On a day that no other test looks at. */
    private final Instant noon = Instant.parse("2020-01-01T12:00:00Z").plus(Duration.ofDays(DAYS.incrementAndGet()));

    @Test
    void a_series_has_a_point_for_every_bucket() {
        // given
        new News()
                .at(noon, new UserCreated(USER))
                .at(noon.plusSeconds(59), new UserCreated(USER))
                .at(noon.plusSeconds(180), new UserCreated(USER))
                .at(noon.plusSeconds(240), new UserCreated(USER))
                .tell();
        // when
        JsonNode series = series("users-created", "minute", noon.plusSeconds(1), noon.plusSeconds(239));
        // then
        assertThat(series.get("metric").asString()).isEqualTo("users-created");
        assertThat(series.get("bucket").asString()).isEqualTo("minute");
        assertThat(series.get("from").asString()).isEqualTo(noon.toString());
        assertThat(series.get("to").asString()).isEqualTo(noon.plusSeconds(240).toString());
        assertThat(values(series)).containsExactly(2.0, 0.0, 0.0, 1.0);
        assertThat(series.get("points").get(3).get("start").asString())
                .isEqualTo(noon.plusSeconds(180).toString());
        // and
        assertThat(values(series("users-created", "hour", noon.minusSeconds(1), noon.plusSeconds(3_601))))
                .containsExactly(0.0, 4.0, 0.0);
        assertThat(values(series("users-created", "day", noon, noon.plusSeconds(1))))
                .containsExactly(4.0);
    }

    @Test
    void events_are_counted_once_in_whatever_batches_they_come() {
        // given
        News news = new News();
        for (int number = 0; number < 1_000; number++) {
            news.at(noon.plusMillis(number), new UserCreated(UUID.randomUUID()));
        }
        // when
        news.tell();
        news.tell();
        // then
        assertThat(values(series("users-created", "minute", noon, noon.plusSeconds(60))))
                .containsExactly(1_000.0);
    }

    @Test
    void a_summary_tells_what_became_of_orders_and_payments() {
        // given
        OrderPlaced completed = order();
        OrderPlaced unpaid = order();
        OrderPlaced missing = order();
        OrderPlaced canceled = order();
        new News()
                .at(noon, completed)
                .at(noon, unpaid)
                .at(noon, missing)
                .at(noon, canceled)
                .at(noon, reserved(completed))
                .at(noon, reserved(unpaid))
                .at(noon, new InventoryRejected(missing.orderId(), USER, List.of(), Fulfilment.CHOREOGRAPHY))
                .at(noon, new PaymentProcessed(completed.orderId(), USER, TOTAL, Fulfilment.CHOREOGRAPHY))
                .at(noon, new PaymentFailed(unpaid.orderId(), USER, TOTAL, "Too little.", Fulfilment.CHOREOGRAPHY))
                .at(noon, new PaymentRefunded(unpaid.orderId(), USER, Money.zero("USD"), Fulfilment.ORCHESTRATION))
                .at(noon, new ShipmentCreated(completed.orderId(), UUID.randomUUID(), USER, Fulfilment.CHOREOGRAPHY))
                .at(noon.plusSeconds(10), new OrderCompleted(completed.orderId(), USER))
                .at(noon.plusSeconds(10), new OrderRejected(unpaid.orderId(), USER, "Too little."))
                .at(noon.plusSeconds(10), new OrderRejected(missing.orderId(), USER, "Sold out."))
                .at(noon.plusSeconds(10), new OrderCanceled(canceled.orderId(), USER, "Called off."))
                .tell();
        // when
        JsonNode summary = summary();
        // then
        assertThat(summary.get("counts").get("orders-placed").asInt()).isEqualTo(4);
        assertThat(summary.get("counts").get("orders-rejected").asInt()).isEqualTo(2);
        assertThat(summary.get("counts").get("orders-canceled").asInt()).isEqualTo(1);
        assertThat(summary.get("counts").get("payments-refunded").asInt()).isZero();
        assertThat(summary.get("counts").get("shipments-canceled").asInt()).isZero();
        assertThat(summary.get("revenue").toString()).isEqualTo("[{\"minorUnits\":1250,\"currency\":\"USD\"}]");
        assertThat(summary.get("funnel")
                        .valueStream()
                        .map(stage -> "%s %d %.2f"
                                .formatted(
                                        stage.get("stage").asString(),
                                        stage.get("orders").asInt(),
                                        stage.get("share").asDouble())))
                .containsExactly(
                        "placed 4 1.00", "reserved 2 0.50", "paid 1 0.25", "shipped 1 0.25", "completed 1 0.25");
        assertThat(summary.get("payments").get("failureRate").asDouble()).isEqualTo(0.5);
        assertThat(summary.get("timeToCompletion").get("orders").asInt()).isEqualTo(1);
        assertThat(summary.get("timeToCompletion").get("p95").asDouble()).isCloseTo(10_000, within(500.0));
        // and
        assertThat(values(series("revenue.USD", "minute", noon, noon.plusSeconds(60))))
                .containsExactly(1_250.0);
        assertThat(values(series("payment-failure-rate", "minute", noon.minusSeconds(60), noon.plusSeconds(60))))
                .containsExactly(0.0, 0.5);
        assertThat(values(series("time-to-completion.p50", "hour", noon, noon.plusSeconds(60)))
                        .getFirst())
                .isCloseTo(10_000, within(500.0));
        assertThat(openOrders(completed, unpaid, missing, canceled)).isZero();
    }

    @Test
    void what_an_orchestrator_is_told_again_is_counted_once() {
        // given
        UUID order = UUID.randomUUID();
        new News()
                .at(noon, new PaymentFailed(order, USER, TOTAL, "Too little.", Fulfilment.ORCHESTRATION))
                .at(noon, new PaymentFailed(UUID.randomUUID(), USER, TOTAL, "Too little.", Fulfilment.ORCHESTRATION))
                .at(noon, new InventoryReserved(order, USER, TOTAL, Fulfilment.ORCHESTRATION))
                .at(noon, new InventoryReserved(order, USER, TOTAL, Fulfilment.ORCHESTRATION))
                .tell();
        // when
        new News()
                .at(noon.plusSeconds(4), new PaymentFailed(order, USER, TOTAL, "Too little.", Fulfilment.ORCHESTRATION))
                .tell();
        // then
        JsonNode counts = summary().get("counts");
        assertThat(counts.get("payments-failed").asInt()).isEqualTo(2);
        assertThat(counts.get("inventory-reserved").asInt()).isEqualTo(1);
    }

    @Test
    void answers_that_were_counted_are_forgotten_when_messages_are() {
        // given
        UUID longAgo = UUID.randomUUID();
        UUID justNow = UUID.randomUUID();
        new News()
                .at(noon, new PaymentProcessed(longAgo, USER, TOTAL, Fulfilment.ORCHESTRATION))
                .at(Instant.now(), new PaymentProcessed(justNow, USER, TOTAL, Fulfilment.ORCHESTRATION))
                .tell();
        // when
        cleaner.clean();
        // then
        assertThat(database.sql("select order_id from counted_answer where order_id in (:orders)")
                        .param("orders", List.of(longAgo, justNow))
                        .query(UUID.class)
                        .list())
                .containsExactly(justNow);
    }

    @Test
    void an_order_is_timed_although_its_end_is_heard_first() {
        // given
        OrderPlaced placed = order();
        new News()
                .at(noon.plusSeconds(100), new OrderCompleted(placed.orderId(), USER))
                .tell();
        assertThat(summary().get("timeToCompletion").get("orders").asInt()).isZero();
        // when
        new News().at(noon, placed).tell();
        // then
        JsonNode summary = summary();
        assertThat(summary.get("timeToCompletion").get("p50").asDouble()).isCloseTo(100_000, within(5_000.0));
        assertThat(summary.get("revenue").get(0).get("minorUnits").asLong()).isEqualTo(1_250);
        assertThat(openOrders(placed)).isZero();
    }

    @Test
    void a_dead_letter_is_counted_as_such_and_not_as_the_event_that_it_was() {
        // when
        new News().on("order-service.dlt", noon, order()).tell();
        // then
        JsonNode counts = summary().get("counts");
        assertThat(counts.get("dead-letters").asInt()).isEqualTo(1);
        assertThat(counts.get("orders-placed").asInt()).isZero();
    }

    @Test
    void a_message_from_outside_all_calendars_holds_nobody_up() {
        // when
        new News()
                .at(Instant.MAX, new UserCreated(USER))
                .at(noon, new UserCreated(USER))
                .tell();
        // then
        assertThat(values(series("users-created", "minute", noon, noon.plusSeconds(1))))
                .containsExactly(1.0);
    }

    @Test
    void a_summary_is_of_all_time_if_nothing_else_is_said() {
        // given
        new News().at(noon, new UserCreated(USER)).tell();
        // then
        JsonNode summary = get("/analytics/summary");
        assertThat(summary.get("from").isNull()).isTrue();
        assertThat(summary.get("counts").get("users-created").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            series?metric=users-created&bucket=week                                            | bucket: must be minute, hour or day
            series?metric=users-created                                                        | bucket: must be minute, hour or day
            series?metric=users-created&bucket=day&from=yesterday                              | from: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            series?metric=users-created&bucket=day&from=1767225600                             | from: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            series?metric=users-created&bucket=day&to=%2B999999999-12-31T23:59:59Z             | to: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            series?metric=users-created&bucket=day&to=0001-01-01T00:00:00Z                     | to: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            series?metric=users-created&bucket=day&from=2026-01-31T12:00:00Z&to=2026-01-31T12:00:00Z | from: must be before to
            series?metric=users-created&bucket=minute&from=2026-01-01T00:00:00Z&to=2026-01-31T00:00:00Z | from: must be at most 1,500 buckets before to, and is 43,200
            summary?from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z                          | from: must be at most 31 days before to
            """)
    void a_request_that_breaks_a_rule_is_told_which(String query, String detail) {
        assertThat(refusal(query)).isEqualTo(detail);
    }

    @Test
    void an_unknown_metric_is_answered_with_those_that_are_known() {
        assertThat(refusal("series?metric=weather&bucket=day"))
                .startsWith("metric: must be one of users-created, orders-placed,")
                .contains("payment-failure-rate", "time-to-completion.p95")
                .endsWith("revenue.<currency>");
        assertThat(refusal("series?metric=revenue.usd&bucket=day")).startsWith("metric: ");
        assertThat(refusal("series?bucket=day")).startsWith("metric: ");
    }

    private String refusal(String query) {
        var answer = http.get().uri("/analytics/" + query).exchange().returnResult(String.class);
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        return JsonMapper.shared()
                .readTree(answer.getResponseBody())
                .get("detail")
                .asString();
    }

    private static OrderPlaced order() {
        return new OrderPlaced(UUID.randomUUID(), USER, List.of(), TOTAL, Fulfilment.CHOREOGRAPHY);
    }

    private static Event reserved(OrderPlaced order) {
        return new InventoryReserved(order.orderId(), USER, TOTAL, Fulfilment.CHOREOGRAPHY);
    }

    private int openOrders(OrderPlaced... orders) {
        return database.sql("select count(*) from open_order where order_id in (:orders)")
                .param(
                        "orders",
                        List.of(orders).stream().map(OrderPlaced::orderId).toList())
                .query(Integer.class)
                .single();
    }

    private JsonNode summary() {
        return get("/analytics/summary?from=%s&to=%s".formatted(noon.minusSeconds(3_600), noon.plusSeconds(3_600)));
    }

    private JsonNode series(String metric, String bucket, Instant from, Instant to) {
        return get("/analytics/series?metric=%s&bucket=%s&from=%s&to=%s".formatted(metric, bucket, from, to));
    }

    private static List<Double> values(JsonNode series) {
        return series.get("points")
                .valueStream()
                .map(point -> point.get("value").asDouble())
                .toList();
    }

    private JsonNode get(String uri) {
        return JsonMapper.shared()
                .readTree(http.get()
                        .uri(uri)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .returnResult(String.class)
                        .getResponseBody());
    }
}
