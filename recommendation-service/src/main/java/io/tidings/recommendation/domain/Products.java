package io.tidings.recommendation.domain;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.tidings.events.product.ProductListed;
import io.tidings.recommendation.domain.Candidate.Together;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Our own copies of products, and which of them may be something for a user. */
@Repository
class Products {

    /** Of each reason at most so many: the strongest. What comes after them would hardly be recommended. */
    private static final int OF_EACH_REASON = 50;

    /** The name of a lock in our own database. */
    private static final int LISTING = 1;

    private final JdbcClient jdbc;

    Products(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lets nobody calculate while products are being listed, until the end of the transaction: otherwise who calculates
     * could miss a product, and who lists it could miss the user. Call it first, so that nobody waits for each other.
     *
     * @param listing whether this transaction lists products; those that don't do not wait for each other
     */
    void lock(boolean listing) {
        jdbc.sql("select 1 from pg_advisory_xact_lock%s(%d)".formatted(listing ? "" : "_shared", LISTING))
                .query(Integer.class)
                .single();
    }

    /** Told again it changes nothing: a product is listed once. Returns the categories of those that are new. */
    Set<String> list(List<ProductListed> listed) {
        return new HashSet<>(jdbc.sql("""
                with fresh as (
                    insert into product_copy (sku, name, category)
                    select sku, name, category
                    from jsonb_to_recordset(:listed::jsonb) as told (sku text, name text, category text)
                    order by sku
                    on conflict do nothing
                    returning lower(category) as category
                )
                select distinct category from fresh
                """)
                .param("listed", JsonMapper.shared().writeValueAsString(listed))
                .query(String.class)
                .list());
    }

    long mostOrders() {
        return jdbc.sql("select coalesce(max(orders), 0) from item_count")
                .query(Long.class)
                .single();
    }

    /** A product for a user, once for each of the user's own products that it was ordered with, or once without any. */
    private record Row(
            UUID userId,
            String sku,
            String name,
            String category,
            long orders,
            @Nullable String boughtSku,
            long boughtOrders,
            long together) {

        Stream<Together> boughtTogether() {
            return boughtSku == null ? Stream.empty() : Stream.of(new Together(boughtSku, boughtOrders, together));
        }
    }

    /**
     * For each user what was ordered with what they have bought, what is of a category that they like, and what is popular;
     * a user for whom there is nothing is left out. It is one statement that looks up user by user: what one of them needs
     * is found by indexes, and it is planned once for all.
     */
    Map<UUID, List<Candidate>> candidatesFor(Collection<UUID> userIds) {
        return jdbc
                .sql("""
                select user_id, found.*
                from unnest(:users::uuid[]) as user_id left join shopper using (user_id), lateral (
                    with bought as (
                        select sku from purchase where purchase.user_id = shopper.user_id
                    ), candidate as (
                        select strongest.other as sku
                        from bought, lateral (
                            select other from co_purchase c where c.sku = bought.sku order by orders desc, other limit :each
                        ) as strongest
                        union
                        select liked.sku
                        from unnest(interests) as interest, lateral (
                            select p.sku from product_copy p left join item_count using (sku)
                            where lower(category) = lower(interest)
                            order by coalesce(orders, 0) desc, p.sku limit :each
                        ) as liked
                        union
                        (select sku from item_count order by orders desc, sku limit :each)
                    )
                    select p.sku, p.name, p.category, coalesce(own.orders, 0) as orders, c.sku as bought_sku,
                           coalesce(theirs.orders, 0) as bought_orders, coalesce(c.orders, 0) as together
                    from candidate
                    join product_copy p using (sku)
                    left join item_count own using (sku)
                    left join co_purchase c on c.other = p.sku and c.sku in (select sku from bought)
                    left join item_count theirs on theirs.sku = c.sku
                    where p.sku not in (select sku from bought)
                ) as found
                """)
                .param("users", userIds.stream().map(UUID::toString).collect(joining(",", "{", "}")))
                .param("each", OF_EACH_REASON)
                .query(Row.class)
                .list()
                .stream()
                .collect(groupingBy(Row::userId, collectingAndThen(groupingBy(Row::sku), Products::candidates)));
    }

    private static List<Candidate> candidates(Map<String, List<Row>> bySku) {
        return bySku.values().stream().map(Products::candidate).toList();
    }

    private static Candidate candidate(List<Row> rows) {
        Row product = rows.getFirst();
        return new Candidate(
                product.sku(),
                product.name(),
                product.category(),
                product.orders(),
                rows.stream().flatMap(Row::boughtTogether).toList());
    }
}
