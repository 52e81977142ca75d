package io.tidings.benchmarks.tidings;

import io.tidings.benchmarks.contender.OrderChanged;
import io.tidings.events.Event;
import io.tidings.events.EventType;
import java.util.UUID;

/** {@link OrderChanged} as an event of Tidings. */
@EventType(name = "OrderTold", version = 1, topic = OrderChanged.TOPIC)
record OrderTold(
        UUID orderId, long version, String customer, String address, long totalMinor, String currency, String note)
        implements Event {

    static OrderTold of(OrderChanged order) {
        return new OrderTold(
                order.orderId(),
                order.version(),
                order.customer(),
                order.address(),
                order.totalMinor(),
                order.currency(),
                order.note());
    }

    @Override
    public String key() {
        return orderId.toString();
    }
}
