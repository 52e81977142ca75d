package io.tidings.order.handler;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.EventHandler;
import io.tidings.bus.EventSelector;
import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.inventory.MissingStock;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.order.domain.OrderBook;
import io.tidings.order.domain.OrderNews;
import io.tidings.order.orchestration.Orchestrator;
import io.tidings.order.orchestration.SagaNews;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Lets orders hear what became of them: those that nobody orchestrates by themselves, the others by their sagas. */
@Component
class OrderHandlers {

    private final OrderBook book;
    private final Orchestrator orchestrator;

    OrderHandlers(OrderBook book, Orchestrator orchestrator) {
        this.book = book;
        this.orchestrator = orchestrator;
    }

    /** An order that nobody orchestrates needs to hear how it ends, and not that its stock is reserved or it is paid. */
    @EventSelector
    boolean isNews(Event event) {
        return orderNews(event).isPresent() || sagaNews(event).isPresent();
    }

    @BeforeBatch
    void lockOrders(List<Event> news) {
        book.lock(idsOf(news.stream()));
        Set<UUID> orchestrated =
                idsOf(news.stream().filter(event -> sagaNews(event).isPresent()));
        if (!orchestrated.isEmpty()) {
            orchestrator.prepare(orchestrated);
        }
    }

    private static Set<UUID> idsOf(Stream<Event> news) {
        return news.map(Event::key).map(UUID::fromString).collect(Collectors.toSet());
    }

    /** What an event means for an order that nobody orchestrates. */
    private static Optional<OrderNews> orderNews(Event event) {
        return switch (event) {
            case ShipmentCreated shipped
            when shipped.fulfilment() == Fulfilment.CHOREOGRAPHY -> Optional.of(new OrderNews.Shipped());
            case InventoryRejected rejected
            when rejected.fulfilment() == Fulfilment.CHOREOGRAPHY ->
                Optional.of(new OrderNews.OutOfStock(sentence(rejected.missing())));
            case PaymentFailed failed
            when failed.fulfilment() == Fulfilment.CHOREOGRAPHY -> Optional.of(new OrderNews.NotPaid(failed.reason()));
            default -> Optional.empty();
        };
    }

    /** What an event means for an order that we orchestrate. */
    private static Optional<SagaNews> sagaNews(Event event) {
        return switch (event) {
            case InventoryReserved reserved
            when reserved.fulfilment() == Fulfilment.ORCHESTRATION -> Optional.of(new SagaNews.Reserved());
            case InventoryRejected rejected
            when rejected.fulfilment() == Fulfilment.ORCHESTRATION ->
                Optional.of(new SagaNews.OutOfStock(sentence(rejected.missing())));
            case InventoryReleased released
            when released.fulfilment() == Fulfilment.ORCHESTRATION -> Optional.of(new SagaNews.Released());
            case PaymentProcessed paid
            when paid.fulfilment() == Fulfilment.ORCHESTRATION -> Optional.of(new SagaNews.Paid());
            case PaymentFailed failed
            when failed.fulfilment() == Fulfilment.ORCHESTRATION -> Optional.of(new SagaNews.NotPaid(failed.reason()));
            case PaymentRefunded refunded
            when refunded.fulfilment() == Fulfilment.ORCHESTRATION -> Optional.of(new SagaNews.Refunded());
            case ShipmentCreated shipped
            when shipped.fulfilment() == Fulfilment.ORCHESTRATION -> Optional.of(new SagaNews.Shipped());
            case ShipmentCanceled canceled
            when canceled.fulfilment() == Fulfilment.ORCHESTRATION -> Optional.of(new SagaNews.ShipmentCanceled());
            default -> Optional.empty();
        };
    }

    private void hear(UUID orderId, Event event) {
        orderNews(event).ifPresent(news -> book.hear(orderId, news));
        sagaNews(event).ifPresent(news -> orchestrator.hear(orderId, news));
    }

    @EventHandler
    void on(InventoryReserved reserved) {
        hear(reserved.orderId(), reserved);
    }

    @EventHandler
    void on(InventoryRejected rejected) {
        hear(rejected.orderId(), rejected);
    }

    @EventHandler
    void on(InventoryReleased released) {
        hear(released.orderId(), released);
    }

    @EventHandler
    void on(PaymentProcessed paid) {
        hear(paid.orderId(), paid);
    }

    @EventHandler
    void on(PaymentFailed failed) {
        hear(failed.orderId(), failed);
    }

    @EventHandler
    void on(PaymentRefunded refunded) {
        hear(refunded.orderId(), refunded);
    }

    @EventHandler
    void on(ShipmentCreated shipped) {
        hear(shipped.orderId(), shipped);
    }

    @EventHandler
    void on(ShipmentCanceled canceled) {
        hear(canceled.orderId(), canceled);
    }

    private static String sentence(List<MissingStock> missing) {
        return missing.stream()
                .map(stock -> "%d of %s are asked for, and %d are there"
                        .formatted(stock.requested(), stock.sku(), stock.available()))
                .collect(Collectors.joining("; ", "Out of stock: ", "."));
    }
}
