package io.tidings.order.domain;

import io.tidings.events.Money;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Our own copies of users and products, made from what others told: an order is priced without asking anyone. */
@Repository
public class Catalogue {

    private final JdbcClient jdbc;

    Catalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Price(String sku, long priceMinor, String currency) {

        Money money() {
            return new Money(priceMinor, currency);
        }
    }

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

    boolean knowsUser(UUID userId) {
        return jdbc.sql("select exists (select 1 from known_user where user_id = ? and not erased)")
                .param(userId)
                .query(Boolean.class)
                .single();
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

    /** The current prices by sku; products whose listing we have not heard of are missing. */
    Map<String, Money> pricesOf(Collection<String> skus) {
        return jdbc
                .sql("select sku, price_minor, currency from product_copy where sku in (:skus) and name is not null")
                .param("skus", skus)
                .query(Price.class)
                .list()
                .stream()
                .collect(Collectors.toMap(Price::sku, Price::money));
    }
}
