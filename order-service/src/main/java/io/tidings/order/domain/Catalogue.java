package io.tidings.order.domain;

import io.tidings.events.Money;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Our own copies of users and products, made from what others told: an order is priced without asking anyone. */
@Repository
public class Catalogue {

    private final JdbcClient jdbc;

    Catalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What some orders need to know.
     *
     * @param users those of theirs who signed up, as far as we have heard, and were not erased
     * @param prices the current ones by sku; products whose listing we have not heard of are missing
     */
    record Excerpt(Set<UUID> users, Map<String, Money> prices) {}

    /** Who was erased stays so. */
    public void addUser(UUID userId) {
        jdbc.sql("insert into known_user (user_id) values (?) on conflict do nothing")
                .param(userId)
                .update();
    }

    /** Nobody places orders for them any more. */
    public void eraseUser(UUID userId) {
        jdbc.sql(
                        "insert into known_user (user_id, erased) values (?, true) on conflict (user_id) do update set erased = true")
                .param(userId)
                .update();
    }

    /** A price that we have heard of before counts more: it is told after the listing, in whatever order we hear. */
    public void addProduct(String sku, String name, Money price) {
        jdbc.sql("""
                insert into product_copy (sku, name, price_minor, currency) values (?, ?, ?, ?)
                on conflict (sku) do update
                set name = excluded.name,
                    price_minor = case when product_copy.price_changed
                                       then product_copy.price_minor else excluded.price_minor end,
                    currency = case when product_copy.price_changed
                                    then product_copy.currency else excluded.currency end
                """).params(sku, name, price.minorUnits(), price.currency()).update();
    }

    /** Of two changes the one that comes last counts, which is the later one as long as the bus keeps their order. */
    public void changePrice(String sku, Money price) {
        jdbc.sql("""
                insert into product_copy (sku, price_minor, currency, price_changed) values (?, ?, ?, true)
                on conflict (sku) do update
                set price_minor = excluded.price_minor, currency = excluded.currency, price_changed = true
                """).params(sku, price.minorUnits(), price.currency()).update();
    }

    /** All in one round trip: a user is a row without product, and a product one without user. */
    Excerpt lookUp(List<PlaceOrder> orders) {
        Stream<UUID> users = orders.stream().map(PlaceOrder::userId);
        Stream<String> skus =
                orders.stream().flatMap(order -> order.items().stream()).map(PlaceOrder.Item::sku);
        return jdbc.sql("""
                        select user_id, null as sku, null as price_minor, null as currency
                        from known_user where user_id = any (?) and not erased
                        union all
                        select null, sku, price_minor, currency
                        from product_copy where sku = any (?) and name is not null
                        """)
                .params(users.distinct().toArray(UUID[]::new), skus.distinct().toArray(String[]::new))
                .query(rows -> {
                    Set<UUID> known = new HashSet<>();
                    Map<String, Money> prices = new HashMap<>();
                    while (rows.next()) {
                        UUID user = rows.getObject("user_id", UUID.class);
                        if (user != null) {
                            known.add(user);
                        } else {
                            prices.put(
                                    rows.getString("sku"),
                                    new Money(rows.getLong("price_minor"), rows.getString("currency")));
                        }
                    }
                    return new Excerpt(known, prices);
                });
    }
}
