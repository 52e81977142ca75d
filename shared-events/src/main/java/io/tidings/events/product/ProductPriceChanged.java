package io.tidings.events.product;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Money;
import io.tidings.events.Topics;

/** A product has another price from now on. Orders placed before keep theirs. Published by warehouse-service. */
@EventType(name = "ProductPriceChanged", version = 1, topic = Topics.PRODUCTS)
public record ProductPriceChanged(String sku, Money oldPrice, Money newPrice) implements Event {

    @Override
    public String key() {
        return sku;
    }
}
