package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.PlacedOrder;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.doors.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Payments fail in a row: an operator is told once, however long it goes on. */
final class AlertScenario implements Scenario {

    private static final String RULE = "PaymentFailureRate";
    private static final String OPERATORS = "ops@tidings.example";
    private static final Duration WINDOW = Duration.ofMinutes(5);

    /** Of fewer payments the rule says nothing. */
    private static final int FEWEST_PAYMENTS = 10;

    @Override
    public String name() {
        return "alert";
    }

    @Override
    public String title() {
        return "Payments fail in a row, and the operators get one mail";
    }

    @Override
    public String pattern() {
        return "Alerting: a rule with hysteresis watches the figures, and one incident raises one alert";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say(
                "The shop has plenty of caviar at $90, and Charles, who ordered in a loop, has nothing in his wallet.");
        Product caviar = shop.list("Caviar", dollars(90));
        shop.receive(caviar, 1_000);
        Customer charles = shop.signUp("Charles", "Babbage");

        int needed = paymentsThatMustFail(stage);
        stage.say(
                "More than half of the payments within five minutes must fail: he orders %d times.".formatted(needed));
        List<PlacedOrder> orders = Stream.generate(() -> shop.place(charles, caviar, 1))
                .limit(needed)
                .toList();
        stage.awaitEvents(orders.getLast().call(), List.of(PaymentFailed.class, OrderRejected.class));
        stage.check(
                "alerts of the incident",
                1L,
                "/analytics/alerts",
                answer -> underWay(answer).count());

        stage.say("It goes on, and nobody is woken a second time.");
        PlacedOrder oneMore = shop.place(charles, caviar, 1);
        stage.awaitEvents(oneMore.call(), List.of(PaymentFailed.class, OrderRejected.class));
        Answer alerts = stage.get("/analytics/alerts");
        List<JsonNode> incident = underWay(alerts).toList();
        stage.check("alerts of the incident", 1, incident.size());
        stage.list(incident.stream()
                .map(alert -> alert.path("evidence").asString(""))
                .toList());
        incident.forEach(
                alert -> stage.checkMailAbout(OPERATORS, alert.path("alertId").asString("")));
    }

    /** What went well shortly before counts too. */
    private static int paymentsThatMustFail(Stage stage) {
        Instant from = Instant.now().minus(WINDOW).truncatedTo(ChronoUnit.SECONDS);
        JsonNode payments = stage.get("/analytics/summary?from=" + from).body().path("payments");
        int ahead =
                payments.path("processed").asInt(0) - payments.path("failed").asInt(0);
        return Math.max(FEWEST_PAYMENTS, ahead + FEWEST_PAYMENTS / 2);
    }

    private static Stream<JsonNode> underWay(Answer alerts) {
        return StreamSupport.stream(alerts.body().path("alerts").spliterator(), false)
                .filter(alert -> alert.path("rule").asString("").equals(RULE)
                        && alert.path("endedAt").isNull());
    }
}
