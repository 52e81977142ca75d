package io.tidings.allinone.coupled.contracts;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import java.util.UUID;

@EventType(name = "OrderCharged", version = 1, topic = "orders")
record OrderCharged(UUID orderId, String stripeChargeId, Carrier carrier) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
