package io.tidings.recommendation.domain;

import io.tidings.events.OrderLine;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was ordered together. Each completed order counts once, in whatever order and however often we hear of it; counts
 * grow by what is new, a batch in one statement each, and are never counted again from the beginning.
 *
 * <p>Rows are always written in the order of their keys, so that two batches never wait for each other in a circle.
 */
@Repository
class OrderHistory {

    private final JdbcClient jdbc;

    OrderHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was ordered, each product once, however many lines name it. */
    private record Copy(UUID orderId, UUID userId, Set<String> skus) {

        static Copy of(OrderPlaced order) {
            return new Copy(
                    order.orderId(),
                    order.userId(),
                    order.lines().stream().map(OrderLine::sku).collect(Collectors.toCollection(LinkedHashSet::new)));
        }
    }

    /** An order that is known to be completed, and of what, and was not before. */
    private record Purchased(UUID userId, List<String> skus) {}

    /**
     * Takes over what was placed and what was completed; returns the users who have bought what they had not before. Who
     * orders the same again is none of them.
     */
    Set<UUID> add(List<OrderPlaced> placed, List<OrderCompleted> completed) {
        List<Purchased> purchased = Stream.concat(copyPlaced(placed).stream(), copyCompleted(completed).stream())
                .toList();
        return purchased.isEmpty() ? Set.of() : count(json(purchased));
    }

    /** Forgets orders that will never be completed. */
    void forget(List<UUID> orderIds) {
        if (orderIds.isEmpty()) {
            return;
        }
        jdbc.sql("""
                delete from order_copy where order_id in (
                    select order_id from order_copy
                    where order_id = any (:ids::uuid[]) and not completed
                    order by order_id for update)
                """).param("ids", arrayOf(orderIds)).update();
    }

    /** Forgets who ordered what; how often it was ordered, and what with, is about nobody and stays. */
    void erase(Collection<UUID> userIds) {
        String ids = arrayOf(userIds);
        jdbc.sql("delete from purchase where user_id = any (:ids::uuid[])")
                .param("ids", ids)
                .update();
        jdbc.sql("""
                delete from order_copy where order_id in (
                    select order_id from order_copy where user_id = any (:ids::uuid[]) order by order_id for update)
                """).param("ids", ids).update();
    }

    /** Returns the orders whose completion was told before. */
    private List<Purchased> copyPlaced(List<OrderPlaced> placed) {
        return purchased("""
                with told as (
                    insert into order_copy (order_id, user_id, skus)
                    select distinct on ("orderId") "orderId", "userId", skus
                    from jsonb_to_recordset(:orders::jsonb) as told ("orderId" uuid, "userId" uuid, skus text[])
                    order by "orderId"
                    on conflict (order_id) do update set skus = excluded.skus where order_copy.skus is null
                    returning user_id, skus, completed)
                select user_id, skus from told where completed
                """, placed.stream().map(Copy::of).toList());
    }

    /** Returns the orders of which it is known what was in them. */
    private List<Purchased> copyCompleted(List<OrderCompleted> completed) {
        return purchased("""
                with told as (
                    insert into order_copy (order_id, user_id, completed)
                    select distinct on ("orderId") "orderId", "userId", true
                    from jsonb_to_recordset(:orders::jsonb) as told ("orderId" uuid, "userId" uuid)
                    order by "orderId"
                    on conflict (order_id) do update set completed = true where not order_copy.completed
                    returning user_id, skus)
                select user_id, skus from told where skus is not null
                """, completed);
    }

    /** An order is told to be placed and to be completed; the second of both, whichever it is, is found by the statement. */
    private List<Purchased> purchased(String statement, List<?> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(statement)
                .param("orders", json(orders))
                .query((row, number) -> new Purchased(row.getObject("user_id", UUID.class), List.of((String[])
                        row.getArray("skus").getArray())))
                .list();
    }

    /** Returns who has bought what they had not before. */
    private Set<UUID> count(String orders) {
        jdbc.sql("""
                insert into item_count (sku, orders)
                select sku, count(*)
                from jsonb_to_recordset(:orders::jsonb) as counted (skus text[]), unnest(skus) as sku
                group by sku order by sku
                on conflict (sku) do update set orders = item_count.orders + excluded.orders
                """).param("orders", orders).update();
        jdbc.sql("""
                insert into co_purchase (sku, other, orders)
                select a, b, count(*)
                from jsonb_to_recordset(:orders::jsonb) as counted (skus text[]), unnest(skus) as a, unnest(skus) as b
                where a <> b
                group by a, b order by a, b
                on conflict (sku, other) do update set orders = co_purchase.orders + excluded.orders
                """).param("orders", orders).update();
        return jdbc.sql("""
                insert into purchase (user_id, sku)
                select distinct "userId", sku
                from jsonb_to_recordset(:orders::jsonb) as counted ("userId" uuid, skus text[]), unnest(skus) as sku
                order by "userId", sku
                on conflict do nothing
                returning user_id
                """).param("orders", orders).query(UUID.class).set();
    }

    private static String arrayOf(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
