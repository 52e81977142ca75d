package io.tidings.warehouse.api;

import io.tidings.events.Money;
import io.tidings.warehouse.domain.Product;

record ProductResponse(String sku, String name, String category, Money price) {

    static ProductResponse of(Product product) {
        return new ProductResponse(product.sku(), product.name(), product.category(), product.price());
    }
}
