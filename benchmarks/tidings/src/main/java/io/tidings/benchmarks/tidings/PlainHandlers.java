package io.tidings.benchmarks.tidings;

import io.tidings.benchmarks.contender.AppliedOrders;
import io.tidings.bus.EventHandler;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes an order's row when its event comes. */
class PlainHandlers {

    private final JdbcTemplate jdbc;
    private final AppliedOrders applied;

    PlainHandlers(JdbcTemplate jdbc, AppliedOrders applied) {
        this.jdbc = jdbc;
        this.applied = applied;
    }

    @EventHandler
    void on(OrderTold order) {
        jdbc.update(
                AppliedOrders.INSERT,
                order.orderId(),
                order.version(),
                order.customer(),
                order.address(),
                order.totalMinor(),
                order.currency(),
                order.note());
        applied.add(1);
    }
}
