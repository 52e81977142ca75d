package io.tidings.events.shipment;

import io.tidings.events.Command;
import io.tidings.events.CommandType;
import io.tidings.events.Topics;
import java.util.UUID;

/** Send an order on its way. Answered by {@link ShipmentCreated}, or by {@link ShipmentCanceled} if it was canceled before. */
@CommandType(name = "CreateShipment", version = 1, topic = Topics.SHIPPING_COMMANDS)
public record CreateShipment(UUID orderId, UUID userId) implements Command {

    @Override
    public String key() {
        return orderId.toString();
    }
}
