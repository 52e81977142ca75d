package io.tidings.recommendation.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.test.Conversation;
import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.product.ProductListed;
import io.tidings.events.user.Profile;
import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import io.tidings.recommendation.RunningService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From what others tell to what is recommended and why. */
@RunningService
class RecommendationFlowTest {

    private static final Money PRICE = new Money(1_999, "USD");

    @Autowired
    Conversation others;

    @Autowired
    RestTestClient http;

    @Autowired
    JdbcClient jdbc;

    private final UUID user = TimeOrderedId.next();
    private final String play = Long.toString(RandomGenerator.getDefault().nextLong(1L << 40), 36);
    private final String coffee = "coffee-" + play;
    private final String filters = "filters-" + play;
    private final String novel = "novel-" + play;

    @BeforeEach
    void nobody_has_ordered_anything_and_three_products_are_listed() {
        jdbc.sql("truncate item_count, co_purchase, purchase, order_copy, recommendations, shopper, product_copy")
                .update();
        others.tell(
                new ProductListed(coffee, "Coffee", "groceries-" + play, PRICE),
                new ProductListed(filters, "Filters", "kitchen-" + play, PRICE),
                new ProductListed(novel, "Novel", "books-" + play, PRICE));
    }

    @Test
    void what_others_ordered_together_is_recommended_to_who_bought_one_of_it_and_the_answer_says_why() {
        // given
        others.tell(completedOrder(TimeOrderedId.next(), coffee, filters));

        // when
        others.tell(completedOrder(user, coffee));

        // then
        JsonNode answer = recommended(user);
        assertThat(answer.propertyNames()).containsExactly("userId", "calculatedAt", "recommendations");
        assertThat(answer.path("recommendations")).hasSize(1);
        JsonNode first = answer.path("recommendations").get(0);
        assertThat(first.path("sku").asString()).isEqualTo(filters);
        assertThat(first.path("name").asString()).isEqualTo("Filters");
        JsonNode parts = first.path("parts");
        assertThat(parts.propertyNames()).containsExactly("coPurchase", "interest", "popularity");
        JsonNode with = parts.path("coPurchase").path("with").get(0);
        assertThat(with.path("sku").asString()).isEqualTo(coffee);
        assertThat(with.path("ordersTogether").asLong()).isEqualTo(1);
        assertThat(with.path("cosine").asDouble()).isEqualTo(1 / Math.sqrt(2));
        assertThat(first.path("score").asDouble())
                .isEqualTo(parts.path("coPurchase").path("score").asDouble()
                        + parts.path("interest").asDouble()
                        + parts.path("popularity").asDouble());
    }

    @Test
    void what_the_user_likes_comes_first_and_changes_with_the_profile() {
        others.tell(likes(1, "BOOKS-" + play));
        assertThat(skusFor(user)).containsExactly(novel);

        others.tell(likes(2, "kitchen-" + play));
        assertThat(skusFor(user)).containsExactly(filters);

        // an old profile that comes late, and the same one again
        others.tellTwice(likes(1, "BOOKS-" + play));
        others.tell(likes(2, "kitchen-" + play));
        assertThat(skusFor(user)).containsExactly(filters);
    }

    @Test
    void a_product_that_is_listed_after_the_user_said_what_they_like_is_recommended_too() {
        others.tell(likes(1, "Books-" + play));
        assertThat(skusFor(user)).containsExactly(novel);

        others.tell(new ProductListed("atlas-" + play, "Atlas", "books-" + play, PRICE));

        assertThat(skusFor(user)).containsExactly("atlas-" + play, novel);
    }

    @Test
    void who_is_not_known_gets_what_is_popular() {
        others.tell(Stream.of(
                        completedOrder(TimeOrderedId.next(), filters),
                        completedOrder(TimeOrderedId.next(), coffee),
                        completedOrder(TimeOrderedId.next(), coffee))
                .flatMap(Stream::of)
                .toArray(Event[]::new));

        assertThat(skusFor(TimeOrderedId.next())).containsExactly(coffee, filters);
    }

    @Test
    void an_order_counts_when_it_is_completed_and_not_before() {
        OrderPlaced placed = placed(user, coffee, filters);
        OrderPlaced canceled = placed(user, coffee, novel);

        others.tell(placed, canceled, new OrderCanceled(canceled.orderId(), user, "Never mind."));
        assertThat(count("select count(*) from item_count")).isZero();

        others.tell(new OrderCompleted(placed.orderId(), user));
        assertThat(count("select sum(orders) from item_count")).isEqualTo(2);
        assertThat(count("select count(*) from order_copy")).isEqualTo(1);
    }

    @Test
    void an_order_counts_once_though_its_completion_comes_first_and_everything_twice() {
        OrderPlaced placed = placed(user, coffee, filters);
        OrderCompleted completed = new OrderCompleted(placed.orderId(), user);

        others.tellTwice(completed);
        others.tell(completed);
        others.tellTwice(placed);
        others.tell(placed);

        assertThat(count("select sum(orders) from item_count")).isEqualTo(2);
        assertThat(count("select sum(orders) from co_purchase")).isEqualTo(2);
        assertThat(skusFor(user)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void counts_that_grow_with_each_batch_are_those_of_a_recount_from_the_beginning(long seed) {
        // given
        Random random = new Random(seed);
        List<String> skus = IntStream.range(0, 8)
                .mapToObj(number -> "sku-%d-%s".formatted(number, play))
                .toList();
        List<OrderPlaced> counting = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (int number = 0; number < 120; number++) {
            List<String> shuffled = new ArrayList<>(skus);
            Collections.shuffle(shuffled, random);
            OrderPlaced placed = placed(
                    TimeOrderedId.next(),
                    shuffled.subList(0, 1 + random.nextInt(5)).toArray(String[]::new));
            events.add(placed);
            if (random.nextInt(4) > 0) {
                counting.add(placed);
                events.add(new OrderCompleted(placed.orderId(), placed.userId()));
            }
        }
        Collections.shuffle(events, random);

        // when: in batches of any size, and some of it again
        List<Event> left = new ArrayList<>(events);
        while (!left.isEmpty()) {
            List<Event> batch = left.subList(0, Math.min(left.size(), 1 + random.nextInt(40)));
            others.tell(batch.toArray(Event[]::new));
            batch.clear();
        }
        others.tell(events.subList(0, 50).toArray(Event[]::new));

        // then
        Map<String, Long> items = new HashMap<>();
        Map<String, Long> pairs = new HashMap<>();
        for (OrderPlaced order : counting) {
            for (OrderLine one : order.lines()) {
                items.merge(one.sku(), 1L, Long::sum);
                for (OrderLine other : order.lines()) {
                    if (!one.sku().equals(other.sku())) {
                        pairs.merge(one.sku() + " " + other.sku(), 1L, Long::sum);
                    }
                }
            }
        }
        assertThat(table("select sku as key, orders from item_count")).isEqualTo(items);
        assertThat(table("select sku || ' ' || other as key, orders from co_purchase"))
                .isEqualTo(pairs);
    }

    @Test
    void who_orders_the_same_again_is_recommended_what_was_calculated_before_and_who_orders_something_new_is_not() {
        // given
        others.tell(completedOrder(TimeOrderedId.next(), coffee, filters, novel));
        others.tell(completedOrder(user, coffee));
        String calculated = recommended(user).path("calculatedAt").asString();

        // when
        others.tell(completedOrder(user, coffee));
        // then: it counts all the same
        assertThat(recommended(user).path("calculatedAt").asString()).isEqualTo(calculated);
        assertThat(table("select sku as key, orders from item_count")).containsEntry(coffee, 3L);

        // when: what was completed is told before what was in it
        OrderPlaced placed = placed(user, coffee, filters);
        others.tell(new OrderCompleted(placed.orderId(), user));
        others.tell(placed);
        // then
        assertThat(recommended(user).path("calculatedAt").asString()).isGreaterThan(calculated);
        assertThat(skusFor(user)).containsExactly(novel);
    }

    @Test
    void of_many_users_at_once_each_is_recommended_what_goes_with_what_they_bought_and_like() {
        // given: coffee goes with filters, and a novel with an atlas
        String atlas = "atlas-" + play;
        others.tell(new ProductListed(atlas, "Atlas", "maps-" + play, PRICE));
        others.tell(completedOrder(TimeOrderedId.next(), coffee, filters));
        others.tell(completedOrder(TimeOrderedId.next(), novel, atlas));
        List<UUID> coffeeDrinkers = users(70);
        List<UUID> readers = users(70);
        List<UUID> collectors = users(70);

        // when
        others.tell(Stream.of(
                        coffeeDrinkers.stream().flatMap(drinker -> Stream.of(completedOrder(drinker, coffee))),
                        readers.stream().flatMap(reader -> Stream.of(completedOrder(reader, novel))),
                        collectors.stream().map(collector -> likes(collector, 1, "maps-" + play)))
                .flatMap(news -> news)
                .toArray(Event[]::new));

        // then
        assertThat(count("select count(*) from recommendations")).isEqualTo(2 + 70 + 70 + 70);
        assertThat(coffeeDrinkers)
                .allSatisfy(drinker ->
                        assertThat(skusFor(drinker)).startsWith(filters).doesNotContain(coffee));
        assertThat(readers)
                .allSatisfy(
                        reader -> assertThat(skusFor(reader)).startsWith(atlas).doesNotContain(novel));
        assertThat(collectors)
                .allSatisfy(collector -> assertThat(skusFor(collector)).startsWith(atlas));
    }

    @Test
    void who_is_erased_is_forgotten_and_nothing_that_is_told_late_brings_them_back() {
        // given
        OrderPlaced underWay = placed(user, novel);
        others.tell(likes(1, "kitchen-" + play));
        others.tell(completedOrder(user, coffee, filters));
        others.tell(underWay);

        // when
        others.tell(likes(2, "books-" + play), new UserErased(user), likes(3, "books-" + play));
        others.tell(likes(4, "books-" + play));
        others.tell(new OrderCompleted(underWay.orderId(), user));
        others.tell(completedOrder(user, novel));

        // then: of the user only the id is left, of what was ordered only how often
        assertThat(count("select count(*) from recommendations")).isZero();
        assertThat(count("select count(*) from purchase")).isZero();
        assertThat(count("select count(*) from order_copy")).isZero();
        assertThat(count("select count(*) from shopper where interests <> '{}'"))
                .isZero();
        assertThat(table("select sku as key, orders from item_count")).isEqualTo(Map.of(coffee, 1L, filters, 1L));
        assertThat(skusFor(user)).containsExactlyInAnyOrder(coffee, filters);
    }

    @Test
    void no_more_are_recommended_than_asked_for() {
        others.tell(Stream.of(completedOrder(TimeOrderedId.next(), coffee, filters, novel))
                .flatMap(Stream::of)
                .toArray(Event[]::new));

        assertThat(JsonMapper.shared()
                        .readTree(http.get()
                                .uri("/recommendations/{user}?limit=2", user)
                                .exchange()
                                .returnResult(String.class)
                                .getResponseBody())
                        .path("recommendations"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nobody                                        | userId: must be a UUID
            019a0000-0000-7000-8000-000000000000?limit=0  | limit: must be greater than or equal to 1
            019a0000-0000-7000-8000-000000000000?limit=51 | limit: must be less than or equal to 50
            019a0000-0000-7000-8000-000000000000?limit=x  | limit: must be a whole number
            """)
    void a_question_that_breaks_a_rule_is_answered_with_the_parameter_and_the_rule(String question, String problem) {
        http.get()
                .uri("/recommendations/" + question)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(problem));
    }

    private JsonNode recommended(UUID userId) {
        return JsonMapper.shared()
                .readTree(http.get()
                        .uri("/recommendations/{user}", userId)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .returnResult(String.class)
                        .getResponseBody());
    }

    private List<String> skusFor(UUID userId) {
        List<String> skus = new ArrayList<>();
        recommended(userId)
                .path("recommendations")
                .forEach(each -> skus.add(each.path("sku").asString()));
        return skus;
    }

    private long count(String sql) {
        return jdbc.sql(sql).query((row, number) -> row.getLong(1)).single();
    }

    private Map<String, Long> table(String sql) {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql(sql).query(row -> {
            counts.put(row.getString("key"), row.getLong("orders"));
        });
        return counts;
    }

    private UserProfileUpdated likes(long revision, String... interests) {
        return likes(user, revision, interests);
    }

    private static UserProfileUpdated likes(UUID userId, long revision, String... interests) {
        return new UserProfileUpdated(
                userId,
                new Profile("Ada", "Lovelace", List.of()),
                new Profile("Ada", "Lovelace", List.of(interests)),
                revision);
    }

    private static List<UUID> users(int number) {
        return Stream.generate(TimeOrderedId::next).limit(number).toList();
    }

    private static Event[] completedOrder(UUID userId, String... skus) {
        OrderPlaced placed = placed(userId, skus);
        return new Event[] {placed, new OrderCompleted(placed.orderId(), userId)};
    }

    private static OrderPlaced placed(UUID userId, String... skus) {
        List<OrderLine> lines =
                Stream.of(skus).map(sku -> new OrderLine(sku, 1, PRICE)).toList();
        return new OrderPlaced(TimeOrderedId.next(), userId, lines, PRICE.times(skus.length), Fulfilment.CHOREOGRAPHY);
    }
}
