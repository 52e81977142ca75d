package io.tidings.warehouse.handler;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.CommandHandler;
import io.tidings.bus.EventHandler;
import io.tidings.bus.EventSelector;
import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.Message;
import io.tidings.events.OrderLine;
import io.tidings.events.inventory.ReleaseInventory;
import io.tidings.events.inventory.ReserveInventory;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.warehouse.domain.StockKeeper;
import io.tidings.warehouse.domain.StockRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Sets stock aside when an order is placed or an orchestrator asks for it, and lets it go when it is known how the order
 * ends.
 */
@Component
class OrderHandlers {

    private final StockKeeper stockKeeper;

    OrderHandlers(StockKeeper stockKeeper) {
        this.stockKeeper = stockKeeper;
    }

    /** An order's orchestrator asks for its stock, and gives it back, by commands. */
    @EventSelector
    boolean concernsStock(Event event) {
        return switch (event) {
            case OrderPlaced placed -> placed.fulfilment() == Fulfilment.CHOREOGRAPHY;
            case PaymentFailed failed -> failed.fulfilment() == Fulfilment.CHOREOGRAPHY;
            default -> true;
        };
    }

    @BeforeBatch
    void lockReservationsAndStock(List<Message> news) {
        stockKeeper.prepare(
                news.stream().map(Message::key).map(UUID::fromString).collect(Collectors.toSet()),
                news.stream().flatMap(OrderHandlers::skus).collect(Collectors.toSet()));
    }

    private static Stream<String> skus(Message message) {
        return switch (message) {
            case OrderPlaced placed -> placed.lines().stream().map(OrderLine::sku);
            case ReserveInventory reserve -> reserve.lines().stream().map(OrderLine::sku);
            default -> Stream.empty();
        };
    }

    @EventHandler
    void on(OrderPlaced placed) {
        stockKeeper.reserve(new StockRequest(
                placed.orderId(), placed.userId(), pieces(placed.lines()), placed.total(), placed.fulfilment()));
    }

    @EventHandler
    void on(PaymentFailed failed) {
        stockKeeper.release(failed.orderId());
    }

    @EventHandler
    void on(OrderCanceled canceled) {
        stockKeeper.release(canceled.orderId());
    }

    @EventHandler
    void on(OrderCompleted completed) {
        stockKeeper.ship(completed.orderId());
    }

    @CommandHandler
    void on(ReserveInventory reserve) {
        stockKeeper.reserveAndAnswer(new StockRequest(
                reserve.orderId(),
                reserve.userId(),
                pieces(reserve.lines()),
                reserve.total(),
                Fulfilment.ORCHESTRATION));
    }

    @CommandHandler
    void on(ReleaseInventory release) {
        stockKeeper.releaseAndAnswer(release.orderId());
    }

    private static Map<String, Integer> pieces(List<OrderLine> lines) {
        return lines.stream().collect(Collectors.toMap(OrderLine::sku, OrderLine::quantity, Math::addExact));
    }
}
