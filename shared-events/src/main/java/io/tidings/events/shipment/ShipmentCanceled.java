package io.tidings.events.shipment;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Topics;
import java.util.UUID;

/** A shipment was called back. Published by shipping-service. */
@EventType(name = "ShipmentCanceled", version = 1, topic = Topics.SHIPMENTS)
public record ShipmentCanceled(UUID orderId, UUID shipmentId, Fulfilment fulfilment) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
