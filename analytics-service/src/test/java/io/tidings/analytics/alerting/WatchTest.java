package io.tidings.analytics.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.analytics.News;
import io.tidings.analytics.RunningService;
import io.tidings.bus.EventBus;
import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.replay.ReplayGate;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.Topics;
import io.tidings.events.notification.Severity;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.infrastructure.test.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays in the year 2000, which no other test looks at: orders that other tests leave open are placed later. */
@RunningService
class WatchTest {

    private static final Money TOTAL = new Money(1_000, "USD");

    @Autowired
    Watch watch;

    @Autowired
    List<AlertRule> rules;

    @Autowired
    Alerts alerts;

    @Autowired
    EventBus eventBus;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    ReplayGate gate;

    @Autowired
    JdbcClient database;

    @Autowired
    Outbox outbox;

    @Autowired
    RestTestClient http;

    @Test
    void failing_payments_raise_one_alert_for_each_incident() {
        Instant noon = Instant.parse("2000-03-01T12:00:00Z");
        // given
        payments(noon, 4, 5).tell();
        watch.check(noon);
        assertThat(alertsOf("PaymentFailureRate"))
                .as("nine payments tell nothing")
                .isEmpty();
        // when
        payments(noon, 0, 1).tell();
        whileFiguresAreMadeAgain(() -> watch.check(noon));
        assertThat(alertsOf("PaymentFailureRate"))
                .as("figures that stand still are not looked at")
                .isEmpty();
        watch.check(noon);
        watch.check(noon.plusSeconds(1));
        assertThat(alertsOf("PaymentFailureRate")).as("6 of 10 is too many").hasSize(1);
        payments(noon.plusSeconds(60), 0, 20).tell();
        watch.check(noon.plusSeconds(60));
        aRestart().check(noon.plusSeconds(61));
        // then
        Alert alert = alertsOf("PaymentFailureRate").getFirst();
        assertThat(alertsOf("PaymentFailureRate")).hasSize(1);
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.evidence())
                .isEqualTo("6 of 10 payments failed within 5 minutes, which is 60 %; 50 % are borne.");
        assertThat(alert.raisedAt()).isEqualTo(noon);
        assertThat(alert.endedAt()).isNull();
        assertThat(told("PaymentFailureRate")).containsExactly(alert.alertId().toString());

        // when it is calm for a minute, and then begins anew
        Instant evening = noon.plus(Duration.ofHours(6));
        watch.check(evening);
        watch.check(evening.plusSeconds(59));
        assertThat(alertsOf("PaymentFailureRate").getFirst().endedAt()).isNull();
        watch.check(evening.plusSeconds(60));
        assertThat(alertsOf("PaymentFailureRate").getFirst().endedAt()).isEqualTo(evening.plusSeconds(60));
        payments(evening.plusSeconds(120), 0, 10).tell();
        watch.check(evening.plusSeconds(120));
        // then
        assertThat(alertsOf("PaymentFailureRate")).hasSize(2);
        assertThat(told("PaymentFailureRate")).hasSize(2);
    }

    @Test
    void the_first_dead_letter_raises_an_alert_that_says_where_it_lies() {
        Instant noon = Instant.parse("2000-02-01T12:00:00Z");
        // given
        OrderPlaced poison =
                new OrderPlaced(UUID.randomUUID(), UUID.randomUUID(), List.of(), TOTAL, Fulfilment.CHOREOGRAPHY);
        // when
        new News().on("warehouse-service.dlt", noon, poison).tell();
        watch.check(noon.plusSeconds(1));
        new News().on("warehouse-service.dlt", noon, poison).tell();
        watch.check(noon.plusSeconds(2));
        // then
        assertThat(alertsOf("DeadLetters"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.evidence())
                        .isEqualTo("Dead letters within 5 minutes: 1 on warehouse-service.dlt."
                                + " Their reasons are written on them."));
    }

    @Test
    void alerts_are_listed_by_pages_the_newest_first() {
        // given
        alerts.add(someAlert());
        alerts.add(someAlert());
        // when
        JsonNode page = get("/analytics/alerts?limit=1");
        // then
        assertThat(page.get("alerts").size()).isEqualTo(1);
        assertThat(page.get("alerts").get(0).propertyNames())
                .containsExactlyInAnyOrder("alertId", "rule", "severity", "evidence", "raisedAt", "endedAt");
        assertThat(page.get("alerts").get(0).get("alertId").asString())
                .isEqualTo(alerts.find(null, 1).getFirst().alertId().toString());
        JsonNode next =
                get("/analytics/alerts?limit=1&cursor=" + page.get("next").asString());
        assertThat(next.get("alerts").get(0).get("alertId").asString())
                .isEqualTo(alerts.find(null, 2).getLast().alertId().toString());
        // and
        http.get().uri("/analytics/alerts?limit=0").exchange().expectStatus().isBadRequest();
    }

    private static Alert someAlert() {
        return new Alert(
                TimeOrderedId.next(), "SomeRule", Severity.WARNING, "There is something.", Instant.EPOCH, null);
    }

    private static News payments(Instant time, int processed, int failed) {
        News news = new News();
        for (int number = 0; number < processed + failed; number++) {
            UUID order = UUID.randomUUID();
            UUID user = UUID.randomUUID();
            news.at(
                    time,
                    number < processed
                            ? new PaymentProcessed(order, user, TOTAL, Fulfilment.CHOREOGRAPHY)
                            : new PaymentFailed(order, user, TOTAL, "There is too little.", Fulfilment.CHOREOGRAPHY));
        }
        return news;
    }

    /** A replay has shut the gate. */
    private void whileFiguresAreMadeAgain(Runnable look) {
        transactions.executeWithoutResult(transaction -> {
            database.sql("update replay_gate set replay_id = ?")
                    .param(UUID.randomUUID())
                    .update();
            look.run();
            database.sql("update replay_gate set replay_id = null").update();
        });
    }

    /** It knows what its database knows. */
    private Watch aRestart() {
        return new Watch(rules, alerts, eventBus, transactions, gate);
    }

    private List<Alert> alertsOf(String rule) {
        return alerts.find(null, 1_000).stream()
                .filter(alert -> alert.rule().equals(rule))
                .toList();
    }

    private List<String> told(String rule) {
        await().until(() -> outbox.count(1) == 0);
        return new Topic(Topics.NOTIFICATIONS)
                .eventsOf(rule).stream()
                        .map(event -> JsonMapper.shared()
                                .readTree(event.data())
                                .get("alertId")
                                .asString())
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
