package io.tidings.events.inventory;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Topics;
import java.util.UUID;

/** What was set aside for an order is free again. Published by warehouse-service. */
@EventType(name = "InventoryReleased", version = 1, topic = Topics.INVENTORY)
public record InventoryReleased(UUID orderId, Fulfilment fulfilment) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
