package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.notification.EmailSent;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.PlacedOrder;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.Shop.Stock;
import java.util.List;

/** The second step of a saga fails, so the first is undone. */
final class InsufficientFundsScenario implements Scenario {

    @Override
    public String name() {
        return "insufficient-funds";
    }

    @Override
    public String title() {
        return "An order can't be paid, and what was set aside for it is free again";
    }

    @Override
    public String pattern() {
        return "Compensation: who did something for an order that fails later undoes it";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("The shop has 5 pots of saffron at $90, and Edsger has $50 in his wallet.");
        Product saffron = shop.list("Saffron", dollars(90));
        shop.receive(saffron, 5);
        Customer edsger = shop.signUp("Edsger", "Dijkstra");
        shop.deposit(edsger, dollars(50));

        stage.say("He orders one pot.");
        PlacedOrder order = shop.place(edsger, saffron, 1);
        stage.awaitEvents(
                order.call(),
                List.of(
                        OrderPlaced.class,
                        InventoryReserved.class,
                        PaymentFailed.class,
                        InventoryReleased.class,
                        OrderRejected.class,
                        EmailSent.class));

        shop.checkOrder(order, "REJECTED");
        stage.check("the payment", "FAILED", order.paymentPath(), Shop::statusOf);
        stage.check("the reservation", "RELEASED", order.reservationPath(), Shop::statusOf);
        // It would follow from PaymentProcessed, which did not happen.
        stage.checkAbsent("no shipment", order.shipmentPath());
        shop.checkStock(saffron, new Stock(5, 0, 0, 5));
        shop.checkBalance(edsger, dollars(50));
    }
}
