package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.PlacedOrder;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.doors.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An order failed, and is looked at as it was before that. */
final class TimeTravelScenario implements Scenario {

    private static final String FAILURE = "PaymentFailed";

    @Override
    public String name() {
        return "time-travel";
    }

    @Override
    public String title() {
        return "An order could not be paid, and is shown as it was before and after that";
    }

    @Override
    public String pattern() {
        return "Time travel: any state of the past is told again from the messages that made it";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("The shop has 5 hourglasses at $80, and Kurt has $20 in his wallet. He orders one.");
        Product hourglass = shop.list("Hourglass", dollars(80));
        shop.receive(hourglass, 5);
        Customer kurt = shop.signUp("Kurt", "Goedel");
        shop.deposit(kurt, dollars(20));
        PlacedOrder order = shop.place(kurt, hourglass, 1);
        stage.awaitEvents(order.call(), List.of(PaymentFailed.class, InventoryReleased.class, OrderRejected.class));

        String path = "/entities/order/" + order.orderId();
        stage.say("What happened to the order, and what each message changed:");
        Answer now = stage.get(path);
        stage.list(now.body()
                .path("history")
                .valueStream()
                .map(TimeTravelScenario::lineOf)
                .toList());
        stage.check("its status now", "REJECTED", stateIn(now, "status"));
        stage.check("its stock now", "RELEASED", stateIn(now, "stock"));

        JsonNode failure = failureIn(now);
        int position = failure.path("position").asInt(0);
        stage.say("Back to the step before its payment failed.");
        Answer before = stage.get("%s?position=%d".formatted(path, position - 1));
        stage.check("its status", "PLACED", stateIn(before, "status"));
        stage.check("its stock", "RESERVED", stateIn(before, "stock"));
        stage.check("its payment", "not known", stateIn(before, "payment"));

        stage.say("The same by the clock: at the moment of the failure, and a microsecond earlier.");
        Instant failedAt = Instant.parse(failure.path("time").asString(""));
        Answer then = stage.get("%s?asOf=%s".formatted(path, failedAt));
        stage.check("its payment", "FAILED", stateIn(then, "payment"));
        Answer earlier = stage.get("%s?asOf=%s".formatted(path, failedAt.minus(1, ChronoUnit.MICROS)));
        stage.check("its payment", "not known", stateIn(earlier, "payment"));

        stage.say("The account is told in two places: here its payments, and the wallet by payment-service.");
        Answer account = stage.get("/entities/account/%s".formatted(kurt.userId()));
        stage.check("failed payments", "1", stateIn(account, "failedPayments"));
        stage.check("the balance", dollars(20), account.as("more", String.class), Shop::balanceOf);
    }

    private static JsonNode failureIn(Answer entity) {
        return entity.body()
                .path("history")
                .valueStream()
                .filter(step -> step.path("name").asString("").equals(FAILURE))
                .findFirst()
                .orElseThrow(() -> new ScenarioException("The history of the order has no %s.".formatted(FAILURE)));
    }

    private static String stateIn(Answer entity, String field) {
        return entity.body().path("state").path(field).asString("not known");
    }

    private static String lineOf(JsonNode step) {
        List<String> changes = step.path("changes")
                .valueStream()
                .map(change -> "%s → %s"
                        .formatted(
                                change.path("field").asString(""),
                                change.path("to").isContainer()
                                        ? "…"
                                        : change.path("to").asString("nothing")))
                .toList();
        return "%d %s: %s"
                .formatted(step.path("position").asInt(0), step.path("name").asString(""), String.join(", ", changes));
    }
}
