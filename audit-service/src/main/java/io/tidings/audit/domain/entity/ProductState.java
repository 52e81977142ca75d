package io.tidings.audit.domain.entity;

import io.tidings.events.Money;
import org.jspecify.annotations.Nullable;

/** A product; null is what nobody has told yet. */
public record ProductState(
        @Nullable String name,
        @Nullable String category,
        @Nullable Money price) implements EntityState {

    static final ProductState UNKNOWN = new ProductState(null, null, null);

    ProductState after(ProductFact fact) {
        return switch (fact) {
            case ProductFact.Listed listed -> new ProductState(listed.name(), listed.category(), listed.price());
            case ProductFact.PriceChanged(var now) -> new ProductState(name, category, now);
        };
    }
}
