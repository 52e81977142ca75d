package io.tidings.warehouse.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some products, in the order of their skus.
 *
 * @param next give it as {@code cursor} to get the page after this one; null if this is the last
 */
record ProductPage(List<ProductResponse> products, @Nullable String next) {

    static ProductPage of(List<ProductResponse> products, int limit) {
        return new ProductPage(products, products.size() < limit ? null : products.getLast().sku());
    }
}
