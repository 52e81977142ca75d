package io.tidings.events.inventory;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Topics;
import java.util.List;
import java.util.UUID;

/** Nothing was set aside for an order, because something is missing. Published by warehouse-service. */
@EventType(name = "InventoryRejected", version = 1, topic = Topics.INVENTORY)
public record InventoryRejected(UUID orderId, UUID userId, List<MissingStock> missing, Fulfilment fulfilment)
        implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
