package io.tidings.warehouse.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.events.Money;
import io.tidings.warehouse.domain.Product;

@Schema(example = """
        {"sku": "teapot", "name": "A teapot", "category": "kitchen", "price": {"minorUnits": 2500,
         "currency": "USD"}}""")
record ProductResponse(String sku, String name, String category, Money price) {

    static ProductResponse of(Product product) {
        return new ProductResponse(product.sku(), product.name(), product.category(), product.price());
    }
}
