package io.tidings.order.domain;

import io.tidings.bus.EventBus;
import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.sharing.SharedTransactions;
import io.tidings.events.Fulfilment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where orders are placed, canceled and looked up. */
@Service
public class OrderDesk {

    private static final String CANCELED = "You canceled it.";

    private final Orders orders;
    private final Catalogue catalogue;
    private final OrderBook book;
    private final Orchestration orchestration;
    private final EventBus eventBus;
    private final Function<PlaceOrder, Decision> placing;

    OrderDesk(
            Orders orders,
            Catalogue catalogue,
            OrderBook book,
            Orchestration orchestration,
            EventBus eventBus,
            SharedTransactions transactions) {
        this.orders = orders;
        this.book = book;
        this.orchestration = orchestration;
        this.catalogue = catalogue;
        this.eventBus = eventBus;
        this.placing = transactions.of(catalogue::lookUp, this::decide);
    }

    /**
     * Places an order at the prices that we know now. Orders that are placed at the same time share a transaction.
     *
     * @throws OrderRefusedException if the user or a product does not allow it
     */
    public Order place(PlaceOrder request) {
        return switch (placing.apply(request)) {
            case Decision.Placed(Order order) -> order;
            case Decision.Refused(OrderRefusedException why) -> throw why;
        };
    }

    private sealed interface Decision {

        record Placed(Order order) implements Decision {}

        record Refused(OrderRefusedException why) implements Decision {}
    }

    /** A refused order has changed nothing: those who share its transaction need not begin again. */
    private Decision decide(PlaceOrder request, Catalogue.Excerpt known) {
        try {
            return new Decision.Placed(place(request, known));
        } catch (OrderRefusedException why) {
            return new Decision.Refused(why);
        }
    }

    private Order place(PlaceOrder request, Catalogue.Excerpt known) {
        if (!known.users().contains(request.userId())) {
            throw new OrderRefusedException(
                    "userId",
                    "we know no user %s; if it signed up a moment ago, try again in a second"
                            .formatted(request.userId()));
        }
        Pricing pricing = Pricing.of(request.items(), known.prices());
        Order order = orders.save(new Order(
                TimeOrderedId.next(),
                request.userId(),
                request.fulfilment(),
                pricing.lines(),
                pricing.total(),
                Instant.now().truncatedTo(ChronoUnit.MICROS)));
        eventBus.publish(order.placed());
        if (order.fulfilment() == Fulfilment.ORCHESTRATION) {
            orchestration.begin(order);
        }
        return order;
    }

    /**
     * Cancels an order; returns it, or nothing if it is unknown. Its status tells whether it was in time. What was done
     * for it is undone afterwards, by those who did it or by its orchestrator.
     */
    @Transactional
    public Optional<Order> cancel(UUID orderId) {
        Optional<Order> order = book.lock(List.of(orderId)).stream().findFirst();
        order.ifPresent(found -> {
            boolean ended = book.hear(found, new OrderNews.CancellationRequested(CANCELED));
            if (ended && found.fulfilment() == Fulfilment.ORCHESTRATION) {
                orchestration.callOff(found, CANCELED);
            }
        });
        return order;
    }

    @Transactional(readOnly = true)
    public Optional<Order> find(UUID orderId) {
        return orders.findById(orderId);
    }

    /** A user's orders, newest first: those placed before another. */
    @Transactional(readOnly = true)
    public List<Order> findOlder(UUID userId, UUID before, int limit) {
        return orders.findOlder(userId, before, Limit.of(limit));
    }
}
