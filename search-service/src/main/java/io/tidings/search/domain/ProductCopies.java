package io.tidings.search.domain;

import io.tidings.events.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Our own copies of products, made from what warehouse-service told.
 *
 * <p>What is told of products has no revision. A listing is told once and first, so a price change counts more than it
 * in whatever order the two come. Of two price changes the one that comes last counts: that is the later one, because the
 * bus keeps the order of a key; if it did not, the copy would keep the wrong price.
 */
@Repository
public class ProductCopies {

    private final JdbcClient jdbc;

    ProductCopies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void list(String sku, String name, String category, Money price) {
        jdbc.sql("""
                insert into product_copy (sku, name, category, price_minor, currency, price_changed, words)
                values (:sku, :name, :category, :price, :currency, false,
                        setweight(to_tsvector('simple', :nameWords), 'A')
                            || setweight(to_tsvector('simple', :otherWords), 'B'))
                on conflict (sku) do update
                set name = excluded.name, category = excluded.category, words = excluded.words,
                    price_minor = case when product_copy.price_changed
                                       then product_copy.price_minor else excluded.price_minor end,
                    currency = case when product_copy.price_changed
                                    then product_copy.currency else excluded.currency end
                """)
                .param("sku", sku)
                .param("name", name)
                .param("category", category)
                .param("price", price.minorUnits())
                .param("currency", price.currency())
                .param("nameWords", Words.of(name).text())
                .param("otherWords", Words.of(sku + " " + category).text())
                .update();
    }

    public void changePrice(String sku, Money price) {
        jdbc.sql("""
                insert into product_copy (sku, price_minor, currency, price_changed)
                values (:sku, :price, :currency, true)
                on conflict (sku) do update
                set price_minor = excluded.price_minor, currency = excluded.currency, price_changed = true
                """)
                .param("sku", sku)
                .param("price", price.minorUnits())
                .param("currency", price.currency())
                .update();
    }
}
