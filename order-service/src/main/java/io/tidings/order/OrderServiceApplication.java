package io.tidings.order;

import io.tidings.bus.Publishes;
import io.tidings.events.inventory.ReleaseInventory;
import io.tidings.events.inventory.ReserveInventory;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.ProcessPayment;
import io.tidings.events.payment.RefundPayment;
import io.tidings.events.shipment.CancelShipment;
import io.tidings.events.shipment.CreateShipment;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Takes orders and knows what became of them. Settings are in {@code order-service.yml}. */
@SpringBootApplication
@Publishes({
    CancelShipment.class,
    CreateShipment.class,
    OrderCanceled.class,
    OrderCompleted.class,
    OrderPlaced.class,
    OrderRejected.class,
    ProcessPayment.class,
    RefundPayment.class,
    ReleaseInventory.class,
    ReserveInventory.class
})
public class OrderServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(OrderServiceApplication.class)
                .properties("spring.config.name=order-service")
                .run(arguments);
    }
}
