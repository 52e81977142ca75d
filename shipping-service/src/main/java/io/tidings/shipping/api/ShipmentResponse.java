package io.tidings.shipping.api;

import io.tidings.shipping.domain.Shipment;
import io.tidings.shipping.domain.ShipmentStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record ShipmentResponse(UUID orderId, @Nullable UUID shipmentId, ShipmentStatus status, Instant changedAt) {

    static ShipmentResponse of(Shipment shipment) {
        return new ShipmentResponse(
                shipment.orderId(), shipment.shipmentId().orElse(null), shipment.status(), shipment.changedAt());
    }
}
