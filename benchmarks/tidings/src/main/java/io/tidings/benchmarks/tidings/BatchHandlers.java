package io.tidings.benchmarks.tidings;

import io.tidings.benchmarks.contender.AppliedOrders;
import io.tidings.bus.BeforeBatch;
import io.tidings.bus.EventHandler;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes the rows of a batch with one statement, as recommendation-service does. */
class BatchHandlers {

    private static final String INSERT = """
            insert into applied_order (order_id, version, customer, address, total_minor, currency, note)
            select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[])
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
            bind(statement, 1, "uuid", orders, OrderTold::orderId);
            bind(statement, 2, "bigint", orders, OrderTold::version);
            bind(statement, 3, "text", orders, OrderTold::customer);
            bind(statement, 4, "text", orders, OrderTold::address);
            bind(statement, 5, "bigint", orders, OrderTold::totalMinor);
            bind(statement, 6, "text", orders, OrderTold::currency);
            bind(statement, 7, "text", orders, OrderTold::note);
        });
        applied.add(orders.size());
    }

    private static void bind(
            PreparedStatement statement,
            int parameter,
            String type,
            List<OrderTold> orders,
            Function<OrderTold, Object> column)
            throws SQLException {
        statement.setArray(
                parameter,
                statement
                        .getConnection()
                        .createArrayOf(type, orders.stream().map(column).toArray()));
    }

    /** Says that we listen; {@link #apply} has done what there is to do. */
    @EventHandler
    void on(OrderTold heard) {}
}
