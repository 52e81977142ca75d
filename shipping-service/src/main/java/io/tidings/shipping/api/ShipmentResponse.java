package io.tidings.shipping.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.shipping.domain.Shipment;
import io.tidings.shipping.domain.ShipmentStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(example = """
        {"orderId": "01a207bf-e28b-7065-a7fd-f8fb6a015041",
         "shipmentId": "01a207bf-f3aa-7d10-8e21-90a1b2c3d4e5", "status": "CREATED",
         "changedAt": "2026-01-01T12:00:00Z"}""")
record ShipmentResponse(UUID orderId, @Nullable UUID shipmentId, ShipmentStatus status, Instant changedAt) {

    static ShipmentResponse of(Shipment shipment) {
        return new ShipmentResponse(
                shipment.orderId(), shipment.shipmentId().orElse(null), shipment.status(), shipment.changedAt());
    }
}
