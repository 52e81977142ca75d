package io.tidings.warehouse.domain;

import io.tidings.bus.EventBus;
import io.tidings.bus.PerTransaction;
import io.tidings.events.Fulfilment;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.inventory.MissingStock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
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

    /** Orders that the transaction knows to have no reservation yet: most of a batch, and each would cost a query. */
    private final PerTransaction<Set<UUID>> newOrders = new PerTransaction<>(HashSet::new);

    /** Skus that the transaction knows to have no stock: of a product that was never listed. */
    private final PerTransaction<Set<String>> unknownSkus = new PerTransaction<>(HashSet::new);

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
        newOrders.get().addAll(orderIds);
        for (Reservation reservation : reservations.lock(orderIds.toArray(UUID[]::new))) {
            newOrders.get().remove(reservation.orderId());
            needed.addAll(reservation.lines().keySet());
        }
        if (!needed.isEmpty()) {
            unknownSkus.get().addAll(needed);
            stocks.lock(needed.toArray(String[]::new))
                    .forEach(stock -> unknownSkus.get().remove(stock.sku()));
        }
    }

    /** Sets aside all that an order needs, or nothing if something is missing. */
    public void reserve(StockRequest request) {
        hear(request.orderId(), new ReservationNews.Requested(request, missing(request.lines())));
    }

    /** As {@link #reserve}, and tells the orchestrator what became of it, however often it asks. */
    public void reserveAndAnswer(StockRequest request) {
        hear(request.orderId(), new ReservationNews.ReservationAsked(request, missing(request.lines())));
    }

    /** Gives back what was set aside for an order that will not be shipped, or remembers not to set anything aside. */
    public void release(UUID orderId) {
        hear(orderId, new ReservationNews.CalledOff());
    }

    /** As {@link #release}, and tells the orchestrator what became of it, however often it asks. */
    public void releaseAndAnswer(UUID orderId) {
        hear(orderId, new ReservationNews.ReleaseAsked());
    }

    /** Lets what was set aside for an order leave. */
    public void ship(UUID orderId) {
        hear(orderId, new ReservationNews.Shipped());
    }

    private void hear(UUID orderId, ReservationNews news) {
        Optional<Reservation> known =
                newOrders.get().contains(orderId) ? Optional.empty() : reservations.findById(orderId);
        Optional<Step> step = Step.decide(known.map(Reservation::standing), news);
        if (step.isEmpty()) {
            return;
        }
        switch (step.get()) {
            case Step.Reserve(var request) -> {
                add(request, ReservationStatus.RESERVED, List.of());
                request.lines().forEach((sku, quantity) -> stock(sku).reserve(quantity));
                eventBus.publish(reserved(request));
            }
            case Step.Reject(var request, var missing) -> {
                add(request, ReservationStatus.REJECTED, missing);
                eventBus.publish(rejected(request, missing));
            }
            case Step.Release release -> {
                Reservation reservation = known.orElseThrow();
                reservation.lines().forEach((sku, quantity) -> stock(sku).release(quantity));
                reservation.become(ReservationStatus.RELEASED, Instant.now());
                eventBus.publish(new InventoryReleased(orderId, reservation.fulfilment()));
            }
            case Step.Ship ship -> {
                Reservation reservation = known.orElseThrow();
                reservation.lines().forEach((sku, quantity) -> stock(sku).ship(quantity));
                reservation.become(ReservationStatus.SHIPPED, Instant.now());
            }
            case Step.Decline decline -> addDeclined(orderId);
            case Step.DeclineAndTell decline -> {
                addDeclined(orderId);
                eventBus.publish(new InventoryReleased(orderId, Fulfilment.ORCHESTRATION));
            }
            case Step.TellReserved(var request) -> eventBus.publish(reserved(request));
            case Step.TellRejected(var request) ->
                eventBus.publish(rejected(request, known.orElseThrow().missing()));
            case Step.TellReleased tell -> eventBus.publish(new InventoryReleased(orderId, Fulfilment.ORCHESTRATION));
        }
    }

    private void add(StockRequest request, ReservationStatus status, List<MissingStock> missing) {
        add(new Reservation(request.orderId(), status, request.fulfilment(), request.lines(), missing, Instant.now()));
    }

    private void addDeclined(UUID orderId) {
        add(new Reservation(orderId, ReservationStatus.DECLINED, null, Map.of(), List.of(), Instant.now()));
    }

    private void add(Reservation reservation) {
        reservations.save(reservation);
        newOrders.get().remove(reservation.orderId());
    }

    private static InventoryReserved reserved(StockRequest request) {
        return new InventoryReserved(request.orderId(), request.userId(), request.total(), request.fulfilment());
    }

    private static InventoryRejected rejected(StockRequest request, List<MissingStock> missing) {
        return new InventoryRejected(request.orderId(), request.userId(), missing, request.fulfilment());
    }

    private List<MissingStock> missing(Map<String, Integer> lines) {
        return lines.entrySet().stream()
                .filter(line -> !knownStock(line.getKey())
                        .map(stock -> stock.has(line.getValue()))
                        .orElse(false))
                .map(line -> new MissingStock(line.getKey(), line.getValue(), available(line.getKey())))
                .toList();
    }

    private int available(String sku) {
        return knownStock(sku).map(stock -> Math.toIntExact(stock.onHand())).orElse(0);
    }

    private Optional<Stock> knownStock(String sku) {
        return unknownSkus.get().contains(sku) ? Optional.empty() : stocks.findById(sku);
    }

    /** Puts goods into stock; returns what is there then, or nothing if there is no such product. */
    public Optional<Stock> receive(String sku, int quantity) {
        Optional<Stock> stock = stocks.lock(new String[] {sku}).stream().findFirst();
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
