package io.tidings.recommendation.handler;

import io.tidings.bus.EventHandler;
import io.tidings.events.product.ProductListed;
import io.tidings.recommendation.domain.Recommender;
import org.springframework.stereotype.Component;

/** Keeps our copies of products. */
@Component
class ProductHandlers {

    private final Recommender recommender;

    ProductHandlers(Recommender recommender) {
        this.recommender = recommender;
    }

    @EventHandler
    void on(ProductListed listed) {
        recommender.listed(listed.sku(), listed.name(), listed.category());
    }
}
