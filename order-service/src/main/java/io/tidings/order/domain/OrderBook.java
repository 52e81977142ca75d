package io.tidings.order.domain;

import io.tidings.bus.EventBus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where orders hear what became of them. The lock of an order is the lock of all that is about it: who has it may change
 * its saga too.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class OrderBook {

    private final Orders orders;
    private final EventBus eventBus;

    OrderBook(Orders orders, EventBus eventBus) {
        this.orders = orders;
        this.eventBus = eventBus;
    }

    /** Loads and locks orders that are about to hear news in this transaction. */
    public List<Order> lock(Collection<UUID> orderIds) {
        return orders.lock(orderIds.toArray(UUID[]::new));
    }

    public Optional<Order> find(UUID orderId) {
        return orders.findById(orderId);
    }

    /** Tells an order the news. Orders that we don't know, and orders that have ended, don't mind. */
    public void hear(UUID orderId, OrderNews news) {
        find(orderId).ifPresent(order -> hear(order, news));
    }

    /** Tells an order the news; returns whether they ended it. */
    boolean hear(Order order, OrderNews news) {
        return order.hear(news, Instant.now().truncatedTo(ChronoUnit.MICROS))
                .map(ended -> {
                    eventBus.publish(ended);
                    return true;
                })
                .orElse(false);
    }
}
