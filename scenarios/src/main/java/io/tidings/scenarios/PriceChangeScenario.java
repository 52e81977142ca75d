package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.Money;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.PlacedOrder;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.doors.Answer;
import java.util.List;

/** order-service prices from its copy of the products, and an order keeps the price that it was placed at. */
final class PriceChangeScenario implements Scenario {

    /** While the new price is on its way; usually there is none. */
    private static final int MOST_EARLY_ORDERS = 10;

    @Override
    public String name() {
        return "price-change";
    }

    @Override
    public String title() {
        return "A price changes between two orders, and each keeps its own";
    }

    @Override
    public String pattern() {
        return "Local copies: prices are read from a copy made of events, and travel on in what follows";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("Tea costs $10. Dorothy has $500, and orders a tin.");
        Product tea = shop.list("Tea", dollars(10));
        shop.receive(tea, 2 + MOST_EARLY_ORDERS);
        Customer dorothy = shop.signUp("Dorothy", "Vaughan");
        shop.deposit(dorothy, dollars(500));
        PlacedOrder first = shop.place(dorothy, tea, 1);
        stage.check("what the first order costs", dollars(10), first.total());

        stage.say("Tea becomes dearer: $15. warehouse-service tells everyone; order-service asks nobody.");
        Answer change = shop.changePrice(tea, dollars(15));
        stage.awaitEvents(change, List.of(ProductPriceChanged.class));

        stage.say("She orders again. A copy may be behind for a moment: whoever is quick still pays the old price.");
        Money paid = first.total();
        PlacedOrder next = shop.place(dorothy, tea, 1);
        for (int early = 0; early < MOST_EARLY_ORDERS && next.total().equals(dollars(10)); early++) {
            shop.checkOrder(next, "COMPLETED");
            paid = paid.plus(next.total());
            next = shop.place(dorothy, tea, 1);
        }
        stage.check("what the next order costs", dollars(15), next.total());
        stage.awaitEvents(next.call(), List.of(OrderPlaced.class, OrderCompleted.class));

        stage.say("Each order was paid at the price of its own time, and keeps it.");
        shop.checkOrder(first, "COMPLETED");
        stage.check("what the first order costs, now as then", dollars(10), first.path(), Shop::totalOf);
        stage.check("what the last order costs", dollars(15), next.path(), Shop::totalOf);
        shop.checkBalance(dorothy, dollars(500).minus(paid).minus(dollars(15)));
    }
}
