package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.Fulfilment;
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

/** The second step of an orchestrated saga fails, so the orchestrator has the first one undone. */
final class OrchestrationInsufficientFundsScenario implements Scenario {

    @Override
    public String name() {
        return "orchestration-insufficient-funds";
    }

    @Override
    public String title() {
        return "An orchestrated order can't be paid, and its orchestrator has the stock released";
    }

    @Override
    public String pattern() {
        return "Orchestrated compensation: who knows what was done has it undone, in reverse, and ends the order then";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("The shop has 5 truffles at $70, and Alan has $60 in his wallet.");
        Product truffle = shop.list("Truffle", dollars(70));
        shop.receive(truffle, 5);
        Customer alan = shop.signUp("Alan", "Turing");
        shop.deposit(alan, dollars(60));

        stage.say("He orders one, and wants the order to be orchestrated.");
        PlacedOrder order = shop.place(alan, truffle, 1, Fulfilment.ORCHESTRATION);
        stage.awaitEvents(
                order.call(),
                List.of(
                        OrderPlaced.class,
                        InventoryReserved.class,
                        PaymentFailed.class,
                        InventoryReleased.class,
                        OrderRejected.class,
                        EmailSent.class));

        shop.checkSaga(order, "RESERVING", "PAYING", "RELEASING", "COMPENSATED");
        shop.checkOrder(order, "REJECTED");
        stage.check("the payment", "FAILED", order.paymentPath(), Shop::statusOf);
        stage.check("the reservation", "RELEASED", order.reservationPath(), Shop::statusOf);
        // Nobody asked for one.
        stage.checkAbsent("no shipment", order.shipmentPath());
        shop.checkStock(truffle, new Stock(5, 0, 0, 5));
        shop.checkBalance(alan, dollars(60));
    }
}
