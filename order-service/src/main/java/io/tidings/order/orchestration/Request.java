package io.tidings.order.orchestration;

import io.tidings.events.Command;
import io.tidings.events.inventory.ReleaseInventory;
import io.tidings.events.inventory.ReserveInventory;
import io.tidings.events.payment.ProcessPayment;
import io.tidings.events.payment.RefundPayment;
import io.tidings.events.shipment.CancelShipment;
import io.tidings.events.shipment.CreateShipment;
import io.tidings.order.domain.Order;

/** What an orchestrator asks of another service. Asked again, it is not done again, but answered again. */
enum Request {
    RESERVE,
    PAY,
    SHIP,
    CANCEL_SHIPMENT,
    REFUND,
    RELEASE;

    Command of(Order order) {
        return switch (this) {
            case RESERVE -> new ReserveInventory(order.id(), order.userId(), order.lines(), order.total());
            case PAY -> new ProcessPayment(order.id(), order.userId(), order.total());
            case SHIP -> new CreateShipment(order.id(), order.userId());
            case CANCEL_SHIPMENT -> new CancelShipment(order.id(), order.userId());
            case REFUND -> new RefundPayment(order.id(), order.userId(), order.total());
            case RELEASE -> new ReleaseInventory(order.id());
        };
    }
}
