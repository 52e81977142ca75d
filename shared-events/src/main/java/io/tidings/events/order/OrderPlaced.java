package io.tidings.events.order;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.Topics;
import java.util.List;
import java.util.UUID;

/**
 * An order was placed and priced. Published by order-service.
 *
 * @param total the sum of the lines, as priced when the order was placed
 */
@EventType(name = "OrderPlaced", version = 2, topic = Topics.ORDERS, upcasters = OrderPlacedV1.class)
public record OrderPlaced(UUID orderId, UUID userId, List<OrderLine> lines, Money total, Fulfilment fulfilment)
        implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
