package io.tidings.warehouse;

import io.tidings.bus.Publishes;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Knows the products and what is in stock of each. Settings are in {@code warehouse-service.yml}. */
@SpringBootApplication
@Publishes({
    InventoryRejected.class,
    InventoryReleased.class,
    InventoryReserved.class,
    ProductListed.class,
    ProductPriceChanged.class
})
public class WarehouseServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(WarehouseServiceApplication.class)
                .properties("spring.config.name=warehouse-service")
                .run(arguments);
    }
}
