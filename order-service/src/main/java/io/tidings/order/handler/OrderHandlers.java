package io.tidings.order.handler;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.EventHandler;
import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.MissingStock;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.order.domain.OrderDesk;
import io.tidings.order.domain.OrderNews;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Lets orders hear what became of them, where nobody orchestrates them. */
@Component
class OrderHandlers {

    private final OrderDesk desk;

    OrderHandlers(OrderDesk desk) {
        this.desk = desk;
    }

    @BeforeBatch
    void lockOrders(List<Event> news) {
        desk.prepare(news.stream().map(Event::key).map(UUID::fromString).collect(Collectors.toSet()));
    }

    @EventHandler
    void on(ShipmentCreated shipped) {
        if (shipped.fulfilment() == Fulfilment.CHOREOGRAPHY) {
            desk.hear(shipped.orderId(), new OrderNews.Shipped());
        }
    }

    @EventHandler
    void on(InventoryRejected rejected) {
        if (rejected.fulfilment() == Fulfilment.CHOREOGRAPHY) {
            desk.hear(rejected.orderId(), new OrderNews.OutOfStock(sentence(rejected.missing())));
        }
    }

    @EventHandler
    void on(PaymentFailed failed) {
        if (failed.fulfilment() == Fulfilment.CHOREOGRAPHY) {
            desk.hear(failed.orderId(), new OrderNews.NotPaid(failed.reason()));
        }
    }

    private static String sentence(List<MissingStock> missing) {
        return missing.stream()
                .map(stock -> "%d of %s are asked for, and %d are there"
                        .formatted(stock.requested(), stock.sku(), stock.available()))
                .collect(Collectors.joining("; ", "Out of stock: ", "."));
    }
}
