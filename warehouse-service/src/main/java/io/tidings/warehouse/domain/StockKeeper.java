package io.tidings.warehouse.domain;

import io.tidings.bus.EventBus;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.inventory.MissingStock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sets stock aside for orders, gives it back, and lets it leave. */
@Service
@Transactional
public class StockKeeper {

    private final Stocks stocks;
    private final Reservations reservations;
    private final EventBus eventBus;

    StockKeeper(Stocks stocks, Reservations reservations, EventBus eventBus) {
        this.stocks = stocks;
        this.reservations = reservations;
        this.eventBus = eventBus;
    }

    /**
     * Loads and locks what the orders of this transaction will need: first reservations, then stock, each in a fixed
     * order.
     *
     * @param skus that will be asked for, beside those that are reserved already
     */
    public void prepare(Set<UUID> orderIds, Collection<String> skus) {
        Set<String> needed = new TreeSet<>(skus);
        for (Reservation reservation : reservations.lock(orderIds)) {
            needed.addAll(reservation.lines().keySet());
        }
        if (!needed.isEmpty()) {
            stocks.lock(needed);
        }
    }

    /** Sets aside all that an order needs, or nothing if something is missing. */
    public void reserve(StockRequest request) {
        List<MissingStock> missing = missing(request.lines());
        decide(request.orderId(), new ReservationNews.Requested(missing)).ifPresent(step -> {
            reservations.save(new Reservation(
                    request.orderId(), step.leadsTo(), request.fulfilment(), request.lines(), Instant.now()));
            if (step == Step.RESERVE) {
                request.lines().forEach((sku, quantity) -> stock(sku).reserve(quantity));
                eventBus.publish(new InventoryReserved(
                        request.orderId(), request.userId(), request.total(), request.fulfilment()));
            } else {
                eventBus.publish(
                        new InventoryRejected(request.orderId(), request.userId(), missing, request.fulfilment()));
            }
        });
    }

    private List<MissingStock> missing(Map<String, Integer> lines) {
        return lines.entrySet().stream()
                .filter(line -> !stocks.findById(line.getKey())
                        .map(stock -> stock.has(line.getValue()))
                        .orElse(false))
                .map(line -> new MissingStock(line.getKey(), line.getValue(), available(line.getKey())))
                .toList();
    }

    private int available(String sku) {
        return stocks.findById(sku)
                .map(stock -> Math.toIntExact(stock.onHand()))
                .orElse(0);
    }

    /** Gives back what was set aside for an order that will not be shipped, or remembers not to set anything aside. */
    public void release(UUID orderId) {
        decide(orderId, new ReservationNews.CalledOff()).ifPresent(step -> {
            if (step == Step.DECLINE) {
                reservations.save(new Reservation(orderId, step.leadsTo(), null, Map.of(), Instant.now()));
                return;
            }
            Reservation reservation = reservation(orderId).orElseThrow();
            reservation.lines().forEach((sku, quantity) -> stock(sku).release(quantity));
            reservation.become(step.leadsTo(), Instant.now());
            eventBus.publish(new InventoryReleased(orderId, reservation.fulfilment()));
        });
    }

    /** Lets what was set aside for an order leave. */
    public void ship(UUID orderId) {
        decide(orderId, new ReservationNews.Shipped()).ifPresent(step -> {
            Reservation reservation = reservation(orderId).orElseThrow();
            reservation.lines().forEach((sku, quantity) -> stock(sku).ship(quantity));
            reservation.become(step.leadsTo(), Instant.now());
        });
    }

    private Optional<Step> decide(UUID orderId, ReservationNews news) {
        return Step.decide(reservation(orderId).map(Reservation::status), news);
    }

    /** Puts goods into stock; returns what is there then, or nothing if there is no such product. */
    public Optional<Stock> receive(String sku, int quantity) {
        Optional<Stock> stock = stocks.lock(Set.of(sku)).stream().findFirst();
        stock.ifPresent(received -> received.receive(quantity));
        return stock;
    }

    @Transactional(readOnly = true)
    public Optional<Stock> find(String sku) {
        return stocks.findById(sku);
    }

    @Transactional(readOnly = true)
    public Optional<Reservation> reservation(UUID orderId) {
        Optional<Reservation> reservation = reservations.findById(orderId);
        reservation.ifPresent(Reservation::lines); // read while the transaction is open
        return reservation;
    }

    private Stock stock(String sku) {
        return stocks.findById(sku).orElseThrow();
    }
}
