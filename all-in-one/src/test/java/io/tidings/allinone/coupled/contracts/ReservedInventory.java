package io.tidings.allinone.coupled.contracts;

import io.tidings.events.Command;
import io.tidings.events.CommandType;
import java.util.UUID;

@CommandType(name = "ReservedInventory", version = 1, topic = "orders")
record ReservedInventory(UUID orderId) implements Command {

    @Override
    public String key() {
        return orderId.toString();
    }
}
