package io.tidings.events.order;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Topics;
import java.util.UUID;

/**
 * An order was canceled before it was completed: whoever did something for it undoes it. Published by order-service.
 *
 * @param reason a sentence for the user
 */
@EventType(name = "OrderCanceled", version = 1, topic = Topics.ORDERS)
public record OrderCanceled(UUID orderId, UUID userId, String reason) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
