package io.tidings.events.shipment;

import io.tidings.events.Command;
import io.tidings.events.CommandType;
import io.tidings.events.Topics;
import java.util.UUID;

/** Call the shipment of an order back, or never send it. Answered by {@link ShipmentCanceled}. */
@CommandType(name = "CancelShipment", version = 1, topic = Topics.SHIPPING_COMMANDS)
public record CancelShipment(UUID orderId, UUID userId) implements Command {

    @Override
    public String key() {
        return orderId.toString();
    }
}
