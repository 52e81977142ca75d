package io.tidings.shipping.api;

import io.swagger.v3.oas.annotations.Operation;
import io.tidings.bus.web.Problem;
import io.tidings.shipping.domain.ShippingDesk;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ShipmentController {

    private final ShippingDesk desk;

    ShipmentController(ShippingDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/shipments/{orderId}")
    @Operation(summary = "Shows the shipment of an order.")
    ShipmentResponse shipment(@PathVariable UUID orderId) {
        return desk.find(orderId)
                .map(ShipmentResponse::of)
                .orElseThrow(() -> Problem.notHeardOf("We have not heard of a paid order %s.".formatted(orderId)));
    }
}
