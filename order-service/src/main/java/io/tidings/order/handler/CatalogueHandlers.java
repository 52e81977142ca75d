package io.tidings.order.handler;

import io.tidings.bus.EventHandler;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import io.tidings.order.domain.Catalogue;
import org.springframework.stereotype.Component;

/** Keeps our copies of users and products. */
@Component
class CatalogueHandlers {

    private final Catalogue catalogue;

    CatalogueHandlers(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @EventHandler
    void on(UserCreated created) {
        catalogue.addUser(created.userId());
    }

    @EventHandler
    void on(UserErased erased) {
        catalogue.eraseUser(erased.userId());
    }

    @EventHandler
    void on(ProductListed listed) {
        catalogue.addProduct(listed.sku(), listed.name(), listed.price());
    }

    @EventHandler
    void on(ProductPriceChanged changed) {
        catalogue.changePrice(changed.sku(), changed.newPrice());
    }
}
