package io.tidings.shipping;

import io.tidings.bus.Publishes;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Ships what is paid. Settings are in {@code shipping-service.yml}. */
@SpringBootApplication
@Publishes({ShipmentCanceled.class, ShipmentCreated.class})
public class ShippingServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(ShippingServiceApplication.class)
                .properties("spring.config.name=shipping-service")
                .run(arguments);
    }
}
