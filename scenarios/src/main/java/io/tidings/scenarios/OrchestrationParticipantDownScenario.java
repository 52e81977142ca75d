package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.Fulfilment;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.notification.EmailSent;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.PlacedOrder;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.Shop.Stock;
import io.tidings.scenarios.doors.Answer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A participant never answers: it is asked again, then given up, and what was done is undone, by it too. */
final class OrchestrationParticipantDownScenario implements Scenario {

    @Override
    public String name() {
        return "orchestration-participant-down";
    }

    @Override
    public String title() {
        return "An orchestrated order meets a payment-service that never answers";
    }

    @Override
    public String pattern() {
        return "Deadlines in a saga: silence is asked again, then given up, and whatever may have been done is undone";
    }

    @Override
    public Optional<String> needsKafka() {
        return Optional.of("in process nothing waits for a participant that is down: what it misses is lost");
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("The shop has 5 globes at $80, and Ada has $100 in her wallet.");
        Product globe = shop.list("Globe", dollars(80));
        shop.receive(globe, 5);
        Customer ada = shop.signUp("Ada", "Lovelace");
        shop.deposit(ada, dollars(100));

        stage.say(
                "payment-service hears nothing any more. Ada orders a globe, and wants the order to be orchestrated.");
        PlacedOrder order = orderWithoutPayment(stage, shop, ada, globe);

        stage.say(
                "payment-service hears again: first that it should take the money, then that it should give it back.");
        stage.awaitEvents(order.call(), List.of(PaymentRefunded.class));
        stage.check("the payment", "REFUNDED", order.paymentPath(), Shop::statusOf);
        shop.checkBalance(ada, dollars(100));
        shop.checkOrder(order, "REJECTED");
    }

    private static PlacedOrder orderWithoutPayment(Stage stage, Shop shop, Customer ada, Product globe) {
        try (Deafness deafness = Deafness.of("payment-service", stage)) {
            PlacedOrder order = shop.place(ada, globe, 1, Fulfilment.ORCHESTRATION);
            stage.awaitEvents(
                    order.call(),
                    List.of(
                            OrderPlaced.class,
                            InventoryReserved.class,
                            InventoryReleased.class,
                            OrderRejected.class,
                            EmailSent.class));
            shop.checkSaga(order, "RESERVING", "PAYING", "REFUNDING", "RELEASING", "COMPENSATED");
            Answer saga = stage.get(order.sagaPath());
            stage.list(saga.body()
                    .path("steps")
                    .valueStream()
                    .map(OrchestrationParticipantDownScenario::told)
                    .toList());
            stage.check("why", "payment-service did not answer.", saga.as("reason", String.class));
            shop.checkOrder(order, "REJECTED");
            shop.checkStock(globe, new Stock(5, 0, 0, 5));
            stage.checkAbsent("no payment, as far as payment-service knows", order.paymentPath());
            return order;
        }
    }

    private static String told(JsonNode step) {
        int asked = step.path("attempts").asInt(0);
        return "%s since %s%s"
                .formatted(
                        step.path("step").asString(""),
                        step.path("beganAt").asString(""),
                        asked == 0 ? "" : ", asked %d times".formatted(asked));
    }
}
