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

    public void addUser(UUID userId) {
        jdbc.sql("insert into known_user (user_id) values (?) on conflict do nothing")
                .param(userId)
                .update();
    }

    boolean knowsUser(UUID userId) {
        return jdbc.sql("select exists (select 1 from known_user where user_id = ?)")
                .param(userId)
                .query(Boolean.class)
                .single();
    }

    public void addProduct(String sku, String name, Money price) {
        jdbc.sql("""
                insert into product_copy (sku, name, price_minor, currency) values (?, ?, ?, ?)
                on conflict (sku) do update
                set name = excluded.name, price_minor = excluded.price_minor, currency = excluded.currency
                """).params(sku, name, price.minorUnits(), price.currency()).update();
    }

    public void changePrice(String sku, Money price) {
        jdbc.sql("update product_copy set price_minor = ?, currency = ? where sku = ?")
                .params(price.minorUnits(), price.currency(), sku)
                .update();
    }

    /** The current prices by sku; products that we have not heard of are missing. */
    Map<String, Money> pricesOf(Collection<String> skus) {
        return jdbc
                .sql("select sku, price_minor, currency from product_copy where sku in (:skus)")
                .param("skus", skus)
                .query(Price.class)
                .stream()
                .collect(Collectors.toMap(Price::sku, Price::money));
    }
}
