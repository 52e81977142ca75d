package io.tidings.search.handler;

import io.tidings.bus.EventHandler;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.search.domain.ProductCopies;
import org.springframework.stereotype.Component;

/** Keeps our copies of products. */
@Component
class ProductHandlers {

    private final ProductCopies products;

    ProductHandlers(ProductCopies products) {
        this.products = products;
    }

    @EventHandler
    void on(ProductListed listed) {
        products.list(listed.sku(), listed.name(), listed.category(), listed.price());
    }

    @EventHandler
    void on(ProductPriceChanged changed) {
        products.changePrice(changed.sku(), changed.newPrice());
    }
}
