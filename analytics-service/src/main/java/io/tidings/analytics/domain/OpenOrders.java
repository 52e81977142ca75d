package io.tidings.analytics.domain;

import io.tidings.bus.Columns;
import io.tidings.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Orders that were placed and have not ended, as far as this service has heard. */
@Repository
public class OpenOrders {

    private final JdbcTemplate jdbc;

    OpenOrders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public long count() {
        return Optional.ofNullable(
                        jdbc.queryForObject("select count(*) from open_order where placed_at is not null", Long.class))
                .orElseThrow();
    }

    /**
     * Adds what became known of orders, with a fixed number of statements. Returns the orders that are known whole now,
     * and forgets them.
     */
    List<OrderHalves> learn(SortedMap<UUID, OrderHalves> news) {
        if (news.isEmpty()) {
            return List.of();
        }
        Map<UUID, OrderHalves> known = lock(news.keySet());
        List<OrderHalves> whole = new ArrayList<>();
        List<UUID> closed = new ArrayList<>();
        Map<UUID, OrderHalves> opened = new HashMap<>();
        news.forEach((orderId, halves) -> {
            OrderHalves before = known.get(orderId);
            OrderHalves now = before == null ? halves : before.and(halves);
            if (now.isWhole()) {
                whole.add(now);
                closed.add(orderId);
            } else if (before == null) {
                opened.put(orderId, now);
            }
        });
        closed.retainAll(known.keySet());
        if (!closed.isEmpty()) {
            jdbc.update(
                    "delete from open_order where order_id = any (?::uuid[])", (Object) closed.toArray(UUID[]::new));
        }
        if (!opened.isEmpty()) {
            insert(List.copyOf(opened.entrySet()));
        }
        return whole;
    }

    private Map<UUID, OrderHalves> lock(Collection<UUID> orders) {
        Map<UUID, OrderHalves> known = new HashMap<>();
        jdbc.query(
                "select * from open_order where order_id = any (?::uuid[]) order by order_id for update",
                row -> {
                    known.put(row.getObject("order_id", UUID.class), halves(row));
                },
                (Object) orders.toArray(UUID[]::new));
        return known;
    }

    private void insert(List<Map.Entry<UUID, OrderHalves>> orders) {
        jdbc.update("""
                insert into open_order (order_id, placed_at, minor_units, currency, ended_at, completed)
                select * from unnest(?::uuid[], ?::timestamptz[], ?::bigint[], ?::text[], ?::timestamptz[], ?::boolean[])
                    as open (order_id, placed_at, minor_units, currency, ended_at, completed)
                order by order_id
                """, statement -> {
            Columns<Map.Entry<UUID, OrderHalves>> columns = new Columns<>(statement, orders);
            columns.bind(1, "uuid", Map.Entry::getKey);
            columns.bind(2, "timestamptz", order -> beginning(order, OrderHalves.Beginning::placedAt));
            columns.bind(
                    3,
                    "bigint",
                    order -> beginning(order, begun -> begun.total().minorUnits()));
            columns.bind(
                    4, "text", order -> beginning(order, begun -> begun.total().currency()));
            columns.bind(5, "timestamptz", order -> end(order, OrderHalves.End::endedAt));
            columns.bind(6, "boolean", order -> end(order, OrderHalves.End::completed));
        });
    }

    private static @Nullable Object beginning(
            Map.Entry<UUID, OrderHalves> order, Function<OrderHalves.Beginning, Object> column) {
        return order.getValue().beginning() == null
                ? null
                : column.apply(order.getValue().beginning());
    }

    private static @Nullable Object end(Map.Entry<UUID, OrderHalves> order, Function<OrderHalves.End, Object> column) {
        return order.getValue().end() == null
                ? null
                : column.apply(order.getValue().end());
    }

    private static OrderHalves halves(ResultSet row) throws SQLException {
        Instant placedAt = instant(row, "placed_at");
        Instant endedAt = instant(row, "ended_at");
        return new OrderHalves(
                placedAt == null
                        ? null
                        : new OrderHalves.Beginning(
                                placedAt, new Money(row.getLong("minor_units"), row.getString("currency"))),
                endedAt == null ? null : new OrderHalves.End(endedAt, row.getBoolean("completed")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
