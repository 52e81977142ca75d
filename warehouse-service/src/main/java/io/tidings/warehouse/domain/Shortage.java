package io.tidings.warehouse.domain;

import io.tidings.events.inventory.MissingStock;
import jakarta.persistence.Embeddable;

/** What was missing of a product, as it is stored. */
@Embeddable
record Shortage(String sku, int requested, int available) {

    static Shortage of(MissingStock missing) {
        return new Shortage(missing.sku(), missing.requested(), missing.available());
    }

    MissingStock told() {
        return new MissingStock(sku, requested, available);
    }
}
