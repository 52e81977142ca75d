package io.tidings.allinone.coupled.contracts;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import java.util.UUID;

@EventType(name = "OrderUpdated", version = 1, topic = "orders")
record OrderUpdated(UUID orderId) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
