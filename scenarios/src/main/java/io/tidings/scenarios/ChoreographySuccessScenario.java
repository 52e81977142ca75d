package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

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

/** Four services fulfil an order; each knows only what it does when something happened elsewhere. */
final class ChoreographySuccessScenario implements Scenario {

    @Override
    public String name() {
        return "choreography";
    }

    @Override
    public String title() {
        return "An order is reserved, paid, shipped and completed";
    }

    @Override
    public String pattern() {
        return "Choreographed saga: each step follows from the event before it, and nobody knows the whole";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("The shop has 10 bags of coffee at $12, and Grace has $100 in her wallet.");
        Product coffee = shop.list("Coffee", dollars(12));
        shop.receive(coffee, 10);
        Customer grace = shop.signUp("Grace", "Hopper");
        shop.deposit(grace, dollars(100));

        stage.say("She orders two bags.");
        PlacedOrder order = shop.place(grace, coffee, 2);
        stage.awaitEvents(
                order.call(),
                List.of(
                        OrderPlaced.class,
                        InventoryReserved.class,
                        PaymentProcessed.class,
                        ShipmentCreated.class,
                        OrderCompleted.class,
                        EmailSent.class));

        shop.checkOrder(order, "COMPLETED");
        stage.check("the reservation", "SHIPPED", order.reservationPath(), Shop::statusOf);
        stage.check("the payment", "PROCESSED", order.paymentPath(), Shop::statusOf);
        stage.check("the shipment", "CREATED", order.shipmentPath(), Shop::statusOf);
        shop.checkStock(coffee, new Stock(8, 0, 2, 10));
        shop.checkBalance(grace, dollars(100 - 24));
    }
}
