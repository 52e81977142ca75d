package io.tidings.warehouse.handler;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.EventHandler;
import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.OrderLine;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.warehouse.domain.StockKeeper;
import io.tidings.warehouse.domain.StockRequest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Sets stock aside when an order is placed, and lets it go when it is known how the order ends. */
@Component
class OrderHandlers {

    private final StockKeeper stockKeeper;

    OrderHandlers(StockKeeper stockKeeper) {
        this.stockKeeper = stockKeeper;
    }

    @BeforeBatch
    void lockReservationsAndStock(List<Event> news) {
        stockKeeper.prepare(
                news.stream().map(Event::key).map(UUID::fromString).collect(Collectors.toSet()),
                news.stream().flatMap(OrderHandlers::skus).collect(Collectors.toSet()));
    }

    private static Stream<String> skus(Event event) {
        return event instanceof OrderPlaced placed ? placed.lines().stream().map(OrderLine::sku) : Stream.empty();
    }

    @EventHandler
    void on(OrderPlaced placed) {
        if (placed.fulfilment() == Fulfilment.CHOREOGRAPHY) {
            stockKeeper.reserve(new StockRequest(
                    placed.orderId(),
                    placed.userId(),
                    placed.lines().stream()
                            .collect(Collectors.toMap(OrderLine::sku, OrderLine::quantity, Math::addExact)),
                    placed.total(),
                    placed.fulfilment()));
        }
    }

    @EventHandler
    void on(PaymentFailed failed) {
        if (failed.fulfilment() == Fulfilment.CHOREOGRAPHY) {
            stockKeeper.release(failed.orderId());
        }
    }

    @EventHandler
    void on(OrderCanceled canceled) {
        stockKeeper.release(canceled.orderId());
    }

    @EventHandler
    void on(OrderCompleted completed) {
        stockKeeper.ship(completed.orderId());
    }
}
