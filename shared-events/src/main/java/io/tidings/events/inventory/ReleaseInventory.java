package io.tidings.events.inventory;

import io.tidings.events.Command;
import io.tidings.events.CommandType;
import io.tidings.events.Topics;
import java.util.UUID;

/** Give back what was set aside for an order, or never set it aside. Answered by {@link InventoryReleased}. */
@CommandType(name = "ReleaseInventory", version = 1, topic = Topics.WAREHOUSE_COMMANDS)
public record ReleaseInventory(UUID orderId) implements Command {

    @Override
    public String key() {
        return orderId.toString();
    }
}
