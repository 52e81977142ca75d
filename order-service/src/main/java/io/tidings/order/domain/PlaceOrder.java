package io.tidings.order.domain;

import io.tidings.events.Fulfilment;
import java.util.List;
import java.util.UUID;

/** What a user wants to order. */
public record PlaceOrder(UUID userId, List<Item> items, Fulfilment fulfilment) {

    public PlaceOrder {
        items = List.copyOf(items);
    }

    /** So many pieces of a product. */
    public record Item(String sku, int quantity) {}
}
