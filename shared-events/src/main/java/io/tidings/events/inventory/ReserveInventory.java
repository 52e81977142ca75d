package io.tidings.events.inventory;

import io.tidings.events.Command;
import io.tidings.events.CommandType;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.Topics;
import java.util.List;
import java.util.UUID;

/** Set aside all that an order needs. Answered by {@link InventoryReserved} or {@link InventoryRejected}, or by {@link InventoryReleased} if it was released before. */
@CommandType(name = "ReserveInventory", version = 1, topic = Topics.WAREHOUSE_COMMANDS)
public record ReserveInventory(UUID orderId, UUID userId, List<OrderLine> lines, Money total) implements Command {

    @Override
    public String key() {
        return orderId.toString();
    }
}
