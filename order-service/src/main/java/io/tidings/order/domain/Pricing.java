package io.tidings.order.domain;

import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import java.util.List;
import java.util.Map;

/** What an order costs. */
record Pricing(List<OrderLine> lines, Money total) {

    /**
     * Prices the items.
     *
     * @param prices by sku
     * @throws OrderRefusedException if a product has no price, or the prices are in several currencies
     */
    static Pricing of(List<PlaceOrder.Item> items, Map<String, Money> prices) {
        List<OrderLine> lines = items.stream()
                .map(item -> price(item, items.indexOf(item), prices))
                .toList();
        String currency = lines.getFirst().unitPrice().currency();
        if (!lines.stream().allMatch(line -> line.unitPrice().currency().equals(currency))) {
            throw new OrderRefusedException("lines", "must all be priced in one currency; place an order for each");
        }
        return new Pricing(lines, lines.stream().map(OrderLine::price).reduce(Money.zero(currency), Money::plus));
    }

    private static OrderLine price(PlaceOrder.Item item, int position, Map<String, Money> prices) {
        Money price = prices.get(item.sku());
        if (price == null) {
            throw new OrderRefusedException(
                    "lines[%d].sku".formatted(position),
                    "we know no product '%s'; if it was listed a moment ago, try again in a second"
                            .formatted(item.sku()));
        }
        return new OrderLine(item.sku(), item.quantity(), price);
    }
}
