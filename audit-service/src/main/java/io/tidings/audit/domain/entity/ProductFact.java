package io.tidings.audit.domain.entity;

import io.tidings.events.Message;
import io.tidings.events.Money;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import java.util.Optional;

/** What happened to a product. */
sealed interface ProductFact {

    record Listed(String name, String category, Money price) implements ProductFact {}

    record PriceChanged(Money price) implements ProductFact {}

    /** What a message says of the product; nothing if it is about something else. */
    static Optional<ProductFact> of(Message message) {
        return Optional.ofNullable(
                switch (message) {
                    case ProductListed it -> new Listed(it.name(), it.category(), it.price());
                    case ProductPriceChanged it -> new PriceChanged(it.newPrice());
                    default -> null;
                });
    }
}
