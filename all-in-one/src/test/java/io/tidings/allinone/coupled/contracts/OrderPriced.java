package io.tidings.allinone.coupled.contracts;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

@EventType(name = "OrderPriced", version = 1, topic = "orders")
record OrderPriced(UUID orderId, JsonNode price) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
