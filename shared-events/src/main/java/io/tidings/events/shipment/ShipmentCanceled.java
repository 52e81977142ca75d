package io.tidings.events.shipment;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Topics;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The shipment of an order was called back, or will never be. Published by shipping-service.
 *
 * @param shipmentId null if there was none
 */
@EventType(name = "ShipmentCanceled", version = 1, topic = Topics.SHIPMENTS)
public record ShipmentCanceled(UUID orderId, @Nullable UUID shipmentId, Fulfilment fulfilment) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
