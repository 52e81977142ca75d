package io.tidings.recommendation.domain;

import io.tidings.events.OrderLine;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import java.util.Arrays;
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

    private record Copy(UUID orderId, UUID userId, List<String> skus) {}

    /** An order that is completed and was not counted before. */
    private record Counted(UUID userId, List<String> skus) {}

    /** Takes over what was placed and what was completed; returns the users whose purchases became more. */
    Set<UUID> add(List<OrderPlaced> placed, List<OrderCompleted> completed) {
        copyPlaced(placed);
        copyCompleted(completed);
        List<Counted> counted = countOnce(Stream.concat(
                        placed.stream().map(OrderPlaced::orderId),
                        completed.stream().map(OrderCompleted::orderId))
                .toList());
        if (counted.isEmpty()) {
            return Set.of();
        }
        count(json(counted));
        return counted.stream().map(Counted::userId).collect(Collectors.toSet());
    }

    /** Forgets orders that will never be completed. */
    void forget(List<UUID> orderIds) {
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

    private void copyPlaced(List<OrderPlaced> placed) {
        jdbc.sql("""
                insert into order_copy (order_id, user_id, skus)
                select distinct on ("orderId") "orderId", "userId", skus
                from jsonb_to_recordset(:orders::jsonb) as told ("orderId" uuid, "userId" uuid, skus text[])
                order by "orderId"
                on conflict (order_id) do update set skus = excluded.skus where order_copy.skus is null
                """)
                .param(
                        "orders",
                        json(placed.stream()
                                .map(order -> new Copy(order.orderId(), order.userId(), skusOf(order)))
                                .toList()))
                .update();
    }

    private void copyCompleted(List<OrderCompleted> completed) {
        jdbc.sql("""
                insert into order_copy (order_id, user_id, completed)
                select distinct on ("orderId") "orderId", "userId", true
                from jsonb_to_recordset(:orders::jsonb) as told ("orderId" uuid, "userId" uuid)
                order by "orderId"
                on conflict (order_id) do update set completed = true where not order_copy.completed
                """).param("orders", json(completed)).update();
    }

    private List<Counted> countOnce(List<UUID> orderIds) {
        return jdbc.sql("""
                update order_copy set counted = true
                where order_id = any (:ids::uuid[]) and completed and skus is not null and not counted
                returning user_id, skus
                """)
                .param("ids", arrayOf(orderIds))
                .query((row, number) -> new Counted(row.getObject("user_id", UUID.class), Arrays.asList((String[])
                        row.getArray("skus").getArray())))
                .list();
    }

    private void count(String orders) {
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
        jdbc.sql("""
                insert into purchase (user_id, sku)
                select distinct "userId", sku
                from jsonb_to_recordset(:orders::jsonb) as counted ("userId" uuid, skus text[]), unnest(skus) as sku
                order by "userId", sku
                on conflict do nothing
                """).param("orders", orders).update();
    }

    /** Each product once, however many lines name it. */
    private static List<String> skusOf(OrderPlaced order) {
        return List.copyOf(
                new LinkedHashSet<>(order.lines().stream().map(OrderLine::sku).toList()));
    }

    private static String arrayOf(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
