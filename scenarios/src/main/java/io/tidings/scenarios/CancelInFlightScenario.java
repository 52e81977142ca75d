package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.notification.EmailSent;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.PlacedOrder;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.Shop.Stock;
import io.tidings.scenarios.doors.Answer;
import io.tidings.scenarios.doors.UnexpectedAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An order is canceled while other services are at work for it. How far they got is chance; how it ends is not: stock
 * released, money back, no shipment.
 */
final class CancelInFlightScenario implements Scenario {

    private static final int ORDERS_AT_MOST = 10;
    private static final int TOO_LATE = 409;
    private static final Money PRICE = dollars(20);

    @Override
    public String name() {
        return "cancel-in-flight";
    }

    @Override
    public String title() {
        return "An order is canceled while it is being fulfilled";
    }

    @Override
    public String pattern() {
        return "Compensation against the stream: who hears of the cancellation first remembers it, and declines the step"
                + " that comes later";
    }

    @Override
    public Optional<String> needsKafka() {
        return Optional.of("in process an order is completed before the answer comes that it was placed");
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say(
                "The shop has %d jars of honey at $20, and Barbara has $500 in her wallet.".formatted(ORDERS_AT_MOST));
        Product honey = shop.list("Honey", PRICE);
        shop.receive(honey, ORDERS_AT_MOST);
        Customer barbara = shop.signUp("Barbara", "Liskov");
        shop.deposit(barbara, dollars(500));

        stage.say("She orders one jar and changes her mind at once.");
        for (int completed = 0; completed < ORDERS_AT_MOST; completed++) {
            PlacedOrder order = shop.place(barbara, honey, 1);
            Answer cancel = shop.cancel(order);
            if (cancel.isSuccess()) {
                checkUndone(stage, shop, order, cancel);
                shop.checkStock(honey, new Stock(ORDERS_AT_MOST - completed, 0, completed, ORDERS_AT_MOST));
                shop.checkBalance(barbara, dollars(500).minus(PRICE.times(completed)));
                return;
            }
            if (cancel.status() != TOO_LATE) {
                throw new UnexpectedAnswerException(cancel, "200 or %d".formatted(TOO_LATE));
            }
            shop.checkOrder(order, "COMPLETED");
            stage.say("The order was faster, and is completed. She tries it with another one.");
        }
        throw new ScenarioException(
                "Each of %d orders was completed before its cancellation came, so none was canceled in flight: play it again."
                        .formatted(ORDERS_AT_MOST));
    }

    private static void checkUndone(Stage stage, Shop shop, PlacedOrder order, Answer cancel) {
        shop.checkOrder(order, "CANCELED");
        boolean reserved = "RELEASED"
                .equals(stage.checkOneOf(
                        "the reservation", Set.of("RELEASED", "DECLINED"), order.reservationPath(), Shop::statusOf));
        boolean paid = "REFUNDED"
                .equals(stage.checkOneOf(
                        "the payment", Set.of("REFUNDED", "DECLINED"), order.paymentPath(), Shop::statusOf));
        boolean shipped = "CANCELED"
                .equals(stage.checkOneOf(
                        "the shipment", Set.of("CANCELED", "DECLINED"), order.shipmentPath(), Shop::statusOf));

        List<Class<? extends Event>> done = new ArrayList<>(List.of(OrderPlaced.class));
        List<Class<? extends Event>> undone = new ArrayList<>(List.of(OrderCanceled.class, EmailSent.class));
        if (reserved) {
            done.add(InventoryReserved.class);
            undone.add(InventoryReleased.class);
        }
        if (paid) {
            done.add(PaymentProcessed.class);
            undone.add(PaymentRefunded.class);
        }
        if (shipped) {
            done.add(ShipmentCreated.class);
            undone.add(ShipmentCanceled.class);
        }
        stage.say("What was done for the order:");
        stage.awaitEvents(order.call(), done);
        stage.say("What was undone after the cancellation:");
        stage.awaitEvents(cancel, undone);
    }
}
