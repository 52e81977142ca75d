package io.tidings.events.inventory;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.Topics;
import java.util.UUID;

/** All that an order needs is set aside for it. Carries what the payment needs. Published by warehouse-service. */
@EventType(name = "InventoryReserved", version = 1, topic = Topics.INVENTORY)
public record InventoryReserved(UUID orderId, UUID userId, Money total, Fulfilment fulfilment) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
