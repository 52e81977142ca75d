package io.tidings.benchmarks.tidings;

import io.tidings.benchmarks.contender.AppliedOrders;
import io.tidings.bus.BeforeBatch;
import io.tidings.bus.Columns;
import io.tidings.bus.EventHandler;
import java.sql.PreparedStatement;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes the rows of a batch with one statement, as recommendation-service does. */
class BatchHandlers {

    private static final String INSERT = """
            insert into applied_order (order_id, version, customer, address, total_minor, currency, note)
            select unnest(?::uuid[]), unnest(?::bigint[]), unnest(?::text[]), unnest(?::text[]), unnest(?::bigint[]),
                unnest(?::text[]), unnest(?::text[])
            """;

    private final JdbcTemplate jdbc;
    private final AppliedOrders applied;

    BatchHandlers(JdbcTemplate jdbc, AppliedOrders applied) {
        this.jdbc = jdbc;
        this.applied = applied;
    }

    @BeforeBatch
    void apply(List<OrderTold> orders) {
        jdbc.update(INSERT, (PreparedStatement statement) -> {
            Columns<OrderTold> columns = new Columns<>(statement, orders);
            columns.bind(1, "uuid", OrderTold::orderId);
            columns.bind(2, "bigint", OrderTold::version);
            columns.bind(3, "text", OrderTold::customer);
            columns.bind(4, "text", OrderTold::address);
            columns.bind(5, "bigint", OrderTold::totalMinor);
            columns.bind(6, "text", OrderTold::currency);
            columns.bind(7, "text", OrderTold::note);
        });
        applied.add(orders.size());
    }

    /** Says that we listen; {@link #apply} has done what there is to do. */
    @EventHandler
    void on(OrderTold heard) {}
}
