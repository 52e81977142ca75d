package io.tidings.events.order;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Topics;
import java.util.UUID;

/** An order is reserved, paid and shipped: it can't be canceled any more. Published by order-service. */
@EventType(name = "OrderCompleted", version = 1, topic = Topics.ORDERS)
public record OrderCompleted(UUID orderId, UUID userId) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
