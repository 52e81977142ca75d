package io.tidings.order.domain;

import io.tidings.events.Fulfilment;
import java.util.List;
import java.util.UUID;

/**
 * What a user wants to order.
 *
 * @param items one for each product
 */
public record PlaceOrder(UUID userId, List<Item> items, Fulfilment fulfilment) {

    /** @throws OrderRefusedException if two items are of the same product */
    public PlaceOrder {
        items = List.copyOf(items);
        if (items.stream().map(Item::sku).distinct().count() < items.size()) {
            throw new OrderRefusedException("lines", "must name each sku once; add the quantities up");
        }
    }

    /** So many pieces of a product. */
    public record Item(String sku, int quantity) {}
}
