package io.tidings.warehouse.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some products, in the order of their skus.
 *
 * @param next give it as {@code cursor} to get the page after this one; null if this is the last
 */
record ProductPage(List<ProductResponse> products, @Nullable String next) {

    /** @param found those of the page and, where there are more, one of the next */
    static ProductPage of(List<ProductResponse> found, int limit) {
        if (found.size() <= limit) {
            return new ProductPage(found, null);
        }
        List<ProductResponse> products = found.subList(0, limit);
        return new ProductPage(products, products.getLast().sku());
    }
}
