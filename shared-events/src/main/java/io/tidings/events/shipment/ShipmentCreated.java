package io.tidings.events.shipment;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Topics;
import java.util.UUID;

/** An order is on its way. Published by shipping-service. */
@EventType(name = "ShipmentCreated", version = 1, topic = Topics.SHIPMENTS)
public record ShipmentCreated(UUID orderId, UUID shipmentId, UUID userId, Fulfilment fulfilment) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
