package io.tidings.events.product;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Money;
import io.tidings.events.Topics;

/**
 * A product can be ordered from now on. Published by warehouse-service.
 *
 * @param category what kind of thing it is, such as {@code books}
 */
@EventType(name = "ProductListed", version = 1, topic = Topics.PRODUCTS)
public record ProductListed(String sku, String name, String category, Money price) implements Event {

    @Override
    public String key() {
        return sku;
    }
}
