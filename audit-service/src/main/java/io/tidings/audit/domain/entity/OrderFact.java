package io.tidings.audit.domain.entity;

import io.tidings.events.Fulfilment;
import io.tidings.events.Message;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What happened to an order. */
sealed interface OrderFact {

    record Placed(UUID userId, Fulfilment fulfilment, List<OrderLine> lines, Money total) implements OrderFact {}

    record Completed() implements OrderFact {}

    record Rejected(String reason) implements OrderFact {}

    record Canceled(String reason) implements OrderFact {}

    record StockReserved() implements OrderFact {}

    record StockMissing() implements OrderFact {}

    record StockReleased() implements OrderFact {}

    record Paid() implements OrderFact {}

    record NotPaid(String reason) implements OrderFact {}

    record Refunded() implements OrderFact {}

    record Shipped(UUID shipmentId) implements OrderFact {}

    record ShipmentCalledOff() implements OrderFact {}

    /** What a message says of the order; nothing if it asks, or is about something else. */
    static Optional<OrderFact> of(Message message) {
        return Optional.ofNullable(
                switch (message) {
                    case OrderPlaced it -> new Placed(it.userId(), it.fulfilment(), it.lines(), it.total());
                    case OrderCompleted it -> new Completed();
                    case OrderRejected it -> new Rejected(it.reason());
                    case OrderCanceled it -> new Canceled(it.reason());
                    case InventoryReserved it -> new StockReserved();
                    case InventoryRejected it -> new StockMissing();
                    case InventoryReleased it -> new StockReleased();
                    case PaymentProcessed it -> new Paid();
                    case PaymentFailed it -> new NotPaid(it.reason());
                    case PaymentRefunded it when it.tookPlace() -> new Refunded();
                    case ShipmentCreated it -> new Shipped(it.shipmentId());
                    case ShipmentCanceled it -> new ShipmentCalledOff();
                    default -> null;
                });
    }
}
