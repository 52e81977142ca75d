package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.Fulfilment;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.notification.EmailSent;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.PlacedOrder;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.Shop.Stock;
import java.util.List;

/** One service knows the whole way of an order and asks the others, step by step. */
final class OrchestrationSuccessScenario implements Scenario {

    @Override
    public String name() {
        return "orchestration";
    }

    @Override
    public String title() {
        return "An orchestrator has an order reserved, paid and shipped";
    }

    @Override
    public String pattern() {
        return "Orchestrated saga: one service sends commands, waits for the answers and knows where each order stands";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("The shop has 10 bags of cocoa at $15, and Margaret has $100 in her wallet.");
        Product cocoa = shop.list("Cocoa", dollars(15));
        shop.receive(cocoa, 10);
        Customer margaret = shop.signUp("Margaret", "Hamilton");
        shop.deposit(margaret, dollars(100));

        stage.say("She orders two bags, and wants the order to be orchestrated.");
        PlacedOrder order = shop.place(margaret, cocoa, 2, Fulfilment.ORCHESTRATION);
        stage.awaitEvents(
                order.call(),
                List.of(
                        OrderPlaced.class,
                        InventoryReserved.class,
                        PaymentProcessed.class,
                        ShipmentCreated.class,
                        OrderCompleted.class,
                        EmailSent.class));

        shop.checkSaga(order, "RESERVING", "PAYING", "SHIPPING", "COMPLETED");
        shop.checkOrder(order, "COMPLETED");
        stage.check("the reservation", "SHIPPED", order.reservationPath(), Shop::statusOf);
        stage.check("the payment", "PROCESSED", order.paymentPath(), Shop::statusOf);
        stage.check("the shipment", "CREATED", order.shipmentPath(), Shop::statusOf);
        shop.checkStock(cocoa, new Stock(8, 0, 2, 10));
        shop.checkBalance(margaret, dollars(100 - 30));
    }
}
