package io.tidings.warehouse.domain;

import io.tidings.events.inventory.MissingStock;

/** What was missing of a product, as it lies in the reservation's row. */
record Shortage(String sku, int requested, int available) {

    static Shortage of(MissingStock missing) {
        return new Shortage(missing.sku(), missing.requested(), missing.available());
    }

    MissingStock told() {
        return new MissingStock(sku, requested, available);
    }
}
