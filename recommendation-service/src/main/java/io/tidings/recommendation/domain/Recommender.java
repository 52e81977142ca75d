package io.tidings.recommendation.domain;

import io.tidings.events.Event;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.product.ProductListed;
import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps, for each user of whom we know something, what we recommend: calculated when something of theirs changes, and
 * read without calculating. What others order in the meantime, and what the user orders again, shows in the scores with
 * the user's next change; a new product that the user may like shows at once.
 */
@Service
public class Recommender {

    /** More than anyone is shown. */
    public static final int KEPT = 50;

    /** Users for whom one statement looks: of whoever has bought much, the candidates are many, and all are in memory. */
    private static final int AT_A_TIME = 10;

    private final Products products;
    private final Shoppers shoppers;
    private final OrderHistory orders;
    private final JdbcClient jdbc;

    Recommender(Products products, Shoppers shoppers, OrderHistory orders, JdbcClient jdbc) {
        this.products = products;
        this.shoppers = shoppers;
        this.orders = orders;
        this.jdbc = jdbc;
    }

    /** What is recommended to a user, the best first, and as of when. */
    public record Recommendations(List<Recommendation> items, Instant calculatedAt) {}

    private record Calculated(UUID userId, List<Recommendation> items) {}

    /**
     * Hears which products there are, what users like and what became of their orders, and calculates anew for each whom
     * it concerns. What is known already concerns nobody. Who was erased is forgotten, and nothing that is told of them
     * then, or later, is taken over.
     */
    @Transactional
    public void hear(Collection<Event> news) {
        List<ProductListed> listed = only(ProductListed.class, news);
        products.lock(!listed.isEmpty());
        Set<String> newCategories = listed.isEmpty() ? Set.of() : products.list(listed);
        if (!newCategories.isEmpty()) {
            forgetForWhoLikes(newCategories);
        }
        Set<UUID> erased = new HashSet<>(
                shoppers.lock(news.stream().flatMap(Recommender::userOf).collect(Collectors.toSet())));
        erased.addAll(erase(only(UserErased.class, news)));
        List<Event> ofOthers = news.stream()
                .filter(event -> userOf(event).noneMatch(erased::contains))
                .toList();
        Set<UUID> concerned = new TreeSet<>(shoppers.update(only(UserProfileUpdated.class, ofOthers)));
        concerned.addAll(orders.add(only(OrderPlaced.class, ofOthers), only(OrderCompleted.class, ofOthers)));
        orders.forget(Stream.concat(
                        only(OrderCanceled.class, news).stream().map(OrderCanceled::orderId),
                        only(OrderRejected.class, news).stream().map(OrderRejected::orderId))
                .toList());
        recalculate(concerned);
    }

    private Set<UUID> erase(List<UserErased> erasures) {
        Set<UUID> userIds = erasures.stream().map(UserErased::userId).collect(Collectors.toSet());
        if (!userIds.isEmpty()) {
            shoppers.erase(userIds);
            orders.erase(userIds);
            jdbc.sql("delete from recommendations where user_id in (:users)")
                    .param("users", userIds)
                    .update();
        }
        return userIds;
    }

    /** Who likes the category of a new product has no recommendations until they are asked for or something changes. */
    private void forgetForWhoLikes(Set<String> categories) {
        jdbc.sql("""
                delete from recommendations where user_id in (
                    select user_id from shopper
                    where exists (select 1 from unnest(interests) as interest where lower(interest) in (:categories)))
                """).param("categories", categories).update();
    }

    private static Stream<UUID> userOf(Event event) {
        return switch (event) {
            case UserProfileUpdated updated -> Stream.of(updated.userId());
            case UserErased erased -> Stream.of(erased.userId());
            case OrderPlaced placed -> Stream.of(placed.userId());
            case OrderCompleted completed -> Stream.of(completed.userId());
            // Forgetting an order changes nothing of its user.
            default -> Stream.empty();
        };
    }

    private static <E extends Event> List<E> only(Class<E> type, Collection<Event> events) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void recalculate(Set<UUID> userIds) {
        if (userIds.isEmpty()) {
            return;
        }
        long mostOrders = products.mostOrders();
        userIds.stream().gather(Gatherers.windowFixed(AT_A_TIME)).forEach(some -> keep(calculate(some, mostOrders)));
    }

    private List<Calculated> calculate(Collection<UUID> userIds, long mostOrders) {
        Map<UUID, Shopper> known = shoppers.find(userIds);
        Map<UUID, List<Candidate>> candidates = products.candidatesFor(userIds);
        return known.entrySet().stream()
                .map(shopper -> new Calculated(
                        shopper.getKey(),
                        Scoring.recommend(
                                shopper.getValue(),
                                candidates.getOrDefault(shopper.getKey(), List.of()),
                                mostOrders,
                                KEPT)))
                .toList();
    }

    private void keep(List<Calculated> calculated) {
        jdbc.sql("""
                insert into recommendations (user_id, items, calculated_at)
                select "userId", items, :now
                from jsonb_to_recordset(:calculated::jsonb) as calculated ("userId" uuid, items jsonb)
                on conflict (user_id) do update set items = excluded.items, calculated_at = excluded.calculated_at
                """)
                .param("calculated", JsonMapper.shared().writeValueAsString(calculated))
                .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                .update();
    }

    /** What is recommended to a user: as it was kept, or calculated now if nothing is, which is so of newcomers. */
    @Transactional(readOnly = true)
    public Recommendations find(UUID userId, int limit) {
        Recommendations kept = stored(userId).orElseGet(() -> calculate(userId));
        return new Recommendations(kept.items().stream().limit(limit).toList(), kept.calculatedAt());
    }

    private Recommendations calculate(UUID userId) {
        Calculated calculated =
                calculate(List.of(userId), products.mostOrders()).getFirst();
        return new Recommendations(calculated.items(), Instant.now());
    }

    private Optional<Recommendations> stored(UUID userId) {
        return jdbc.sql("select items, calculated_at from recommendations where user_id = ?")
                .param(userId)
                .query((row, number) -> read(row))
                .optional();
    }

    private static Recommendations read(ResultSet row) throws SQLException {
        return new Recommendations(
                List.of(JsonMapper.shared().readValue(row.getString("items"), Recommendation[].class)),
                row.getObject("calculated_at", OffsetDateTime.class).toInstant());
    }
}
