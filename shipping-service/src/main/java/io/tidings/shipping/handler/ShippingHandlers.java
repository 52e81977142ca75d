package io.tidings.shipping.handler;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.CommandHandler;
import io.tidings.bus.EventHandler;
import io.tidings.bus.EventSelector;
import io.tidings.events.Fulfilment;
import io.tidings.events.Message;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.shipment.CancelShipment;
import io.tidings.events.shipment.CreateShipment;
import io.tidings.shipping.domain.ShippingDesk;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Ships what is paid, or what an orchestrator asks for, and calls it back. */
@Component
class ShippingHandlers {

    private final ShippingDesk desk;

    ShippingHandlers(ShippingDesk desk) {
        this.desk = desk;
    }

    /** An order's orchestrator asks for its shipment by a command. */
    @EventSelector
    boolean isChoreographed(PaymentProcessed paid) {
        return paid.fulfilment() == Fulfilment.CHOREOGRAPHY;
    }

    @BeforeBatch
    void lockShipments(List<Message> news) {
        desk.prepare(news.stream().map(Message::key).map(UUID::fromString).collect(Collectors.toSet()));
    }

    @EventHandler
    void on(PaymentProcessed paid) {
        desk.ship(paid.orderId(), paid.userId(), paid.fulfilment());
    }

    @EventHandler
    void on(OrderCanceled canceled) {
        desk.cancel(canceled.orderId());
    }

    @CommandHandler
    void on(CreateShipment create) {
        desk.shipAndAnswer(create.orderId(), create.userId());
    }

    @CommandHandler
    void on(CancelShipment cancel) {
        desk.cancelAndAnswer(cancel.orderId());
    }
}
