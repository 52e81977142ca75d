package io.tidings.events.order;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Topics;
import java.util.UUID;

/**
 * An order can't be fulfilled. Published by order-service.
 *
 * @param reason a sentence for the user
 */
@EventType(name = "OrderRejected", version = 1, topic = Topics.ORDERS)
public record OrderRejected(UUID orderId, UUID userId, String reason) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
