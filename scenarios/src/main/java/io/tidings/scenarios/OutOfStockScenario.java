package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.notification.EmailSent;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.PlacedOrder;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.Shop.Stock;
import java.util.List;

/** The first step of a saga fails, so there is nothing to undo. */
final class OutOfStockScenario implements Scenario {

    @Override
    public String name() {
        return "out-of-stock";
    }

    @Override
    public String title() {
        return "An order asks for more than there is, and is rejected";
    }

    @Override
    public String pattern() {
        return "Choreographed saga: the first step says no, and the later ones never begin";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("The shop has 2 bags of tea at $9, and Alan has $100 in his wallet.");
        Product tea = shop.list("Tea", dollars(9));
        shop.receive(tea, 2);
        Customer alan = shop.signUp("Alan", "Turing");
        shop.deposit(alan, dollars(100));

        stage.say("He orders three bags.");
        PlacedOrder order = shop.place(alan, tea, 3);
        stage.awaitEvents(
                order.call(),
                List.of(OrderPlaced.class, InventoryRejected.class, OrderRejected.class, EmailSent.class));

        shop.checkOrder(order, "REJECTED");
        stage.check("the reservation", "REJECTED", order.reservationPath(), Shop::statusOf);
        // Both would follow from InventoryReserved, which did not happen.
        stage.checkAbsent("no payment", order.paymentPath());
        stage.checkAbsent("no shipment", order.shipmentPath());
        shop.checkStock(tea, new Stock(2, 0, 0, 2));
        shop.checkBalance(alan, dollars(100));
    }
}
