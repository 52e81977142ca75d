package io.tidings.order.domain;

import io.tidings.events.Money;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
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
     * What an order needs to know.
     *
     * @param knowsUser whether the user signed up, as far as we have heard, and was not erased
     * @param prices the current ones by sku; products whose listing we have not heard of are missing
     */
    record Excerpt(boolean knowsUser, Map<String, Money> prices) {}

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

    /** All in one round trip, of which each order makes one. The answer about the user comes even if no product is known. */
    Excerpt lookUp(UUID userId, Collection<String> skus) {
        return jdbc.sql("""
                        select exists (select from known_user where user_id = ? and not erased) as knows_user,
                               sku, price_minor, currency
                        from (values (true)) as always
                            left join product_copy on sku = any (?) and name is not null
                        """).params(userId, skus.toArray(String[]::new)).query(rows -> {
            boolean knowsUser = false;
            Map<String, Money> prices = new HashMap<>();
            while (rows.next()) {
                knowsUser = rows.getBoolean("knows_user");
                String sku = rows.getString("sku");
                if (sku != null) {
                    prices.put(sku, new Money(rows.getLong("price_minor"), rows.getString("currency")));
                }
            }
            return new Excerpt(knowsUser, prices);
        });
    }
}
