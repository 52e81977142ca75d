package io.tidings.audit.domain.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.audit.AuditServiceTest;
import io.tidings.audit.domain.AuditEvent;
import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Plays in the year 2000, which no other test looks at. */
class FlowWatchTest extends AuditServiceTest {

    @Autowired
    FlowWatch watch;

    @Autowired
    FlowLedger ledger;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void a_flow_that_should_have_ended_raises_one_alert() {
        // given
        Instant noon = Instant.parse("2000-01-01T12:00:00Z");
        String stuck = record("OrderPlaced", noon);
        record("OrderCompleted", noon.plusSeconds(1), record("OrderPlaced", noon));
        // when
        watch.check(noon.plusSeconds(300));
        watch.check(noon.plusSeconds(301));
        watch.check(noon.plusSeconds(302));
        // then
        assertThat(alertsAbout(stuck))
                .singleElement()
                .satisfies(alert -> assertThat(alert)
                        .contains("\"rule\":\"FlowStalled\"", "\"severity\":\"WARNING\"")
                        .contains("began %s at 2000-01-01T12:00:00Z and has not ended after 300 s: the order is open"
                                .formatted(stuck)));
        // and when another one stalls, and the first ends
        String other = record("OrderPlaced", noon.plusSeconds(10));
        watch.check(noon.plusSeconds(400));
        record("OrderCompleted", noon.plusSeconds(401), stuck);
        record("PaymentProcessed", noon.plusSeconds(401), stuck);
        watch.check(noon.plusSeconds(900));
        // then
        assertThat(alertsAbout(other)).hasSize(1);
        assertThat(alertsAbout(stuck)).hasSize(1);
    }

    @Test
    void what_was_heard_of_late_has_its_time_too() {
        // given
        Instant noon = Instant.parse("2000-02-01T12:00:00Z");
        String order = UUID.randomUUID().toString();
        // when
        record("OrderPlaced", noon, noon.plusSeconds(1_000), order);
        watch.check(noon.plusSeconds(1_100));
        // then
        assertThat(jdbc.sql("select alerted_at is null from undertaking where key = ?")
                        .param(order)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        watch.check(noon.plusSeconds(1_301));
        assertThat(alertsAbout(order)).hasSize(1);
    }

    @Test
    void many_flows_at_once_are_one_incident() {
        // given
        Instant noon = Instant.parse("2000-03-01T12:00:00Z");
        IntStream.range(0, 11).forEach(number -> record("OrderPlaced", noon.plusSeconds(number)));
        // when
        watch.check(noon.plusSeconds(400));
        // then
        assertThat(alertsAbout("11 flows that began since 2000-03-01T12:00:00Z"))
                .hasSize(1);
    }

    private String record(String name, Instant time) {
        return record(name, time, UUID.randomUUID().toString());
    }

    private String record(String name, Instant time, String order) {
        return record(name, time, time, order);
    }

    private String record(String name, Instant time, Instant recordedAt, String order) {
        AuditEvent event = new AuditEvent(
                TimeOrderedId.next(),
                name.startsWith("Payment") ? Topics.PAYMENTS : Topics.ORDERS,
                order,
                "io.tidings.%s.v2".formatted(name),
                "/order-service",
                "flow-of-" + order,
                null,
                null,
                time,
                recordedAt,
                Map.of(),
                "{}".getBytes(StandardCharsets.UTF_8));
        transactions.executeWithoutResult(transaction -> ledger.keep(List.of(event)));
        return order;
    }

    /** Alerts travel over Kafka, and come back to be recorded. */
    private List<String> alertsAbout(String text) {
        await().until(() -> !find(text).isEmpty());
        return find(text);
    }

    /** Not all that is recorded here is text: what is no alert is not to be read. */
    private List<String> find(String text) {
        return jdbc
                .sql("select payload from audit_event where left(key, 200) = 'FlowStalled'")
                .query(byte[].class)
                .list()
                .stream()
                .map(payload -> new String(payload, StandardCharsets.UTF_8))
                .filter(alert -> alert.contains(text))
                .toList();
    }
}
