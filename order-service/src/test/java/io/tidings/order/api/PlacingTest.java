package io.tidings.order.api;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static io.tidings.order.Customer.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.order.Customer;
import io.tidings.order.Customer.Answer;
import io.tidings.order.OtherServices;
import io.tidings.order.RunningService;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@RunningService
class PlacingTest {

    private static final Money PRICE = new Money(1_999, "USD");

    @Autowired
    Customer customer;

    @Autowired
    OtherServices others;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MeterRegistry meters;

    @Test
    void an_order_is_priced_from_what_others_told() {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        String lamp = others.list(new Money(5_000, "USD"));
        String line = """
                {"sku":"%s","quantity":2,"unitPrice":{"minorUnits":1999,"currency":"USD"}}""";
        Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);

        Answer placed = customer.place(order(user, 2, List.of(book, lamp)));

        assertThat(placed.status()).isEqualTo(201);
        UUID order = placed.orderId();
        assertThat(placed.headers().getLocation()).hasPath("/orders/" + order);
        assertThat(placed.body().propertyNames())
                .containsExactly(
                        "orderId", "userId", "status", "lines", "total", "fulfilment", "reason", "placedAt", "endedAt");
        assertThat(placed.body().path("status").asString()).isEqualTo("PLACED");
        assertThat(placed.body().path("userId").asString()).isEqualTo(user.toString());
        assertThat(placed.body().path("total").toString()).isEqualTo("{\"minorUnits\":13998,\"currency\":\"USD\"}");
        assertThat(placed.body().path("lines").get(0).toString()).isEqualTo(line.formatted(book));
        assertThat(placed.body().path("lines").get(1).path("sku").asString()).isEqualTo(lamp);
        assertThat(Instant.parse(placed.body().path("placedAt").asString())).isBetween(before, Instant.now());
        assertThat(placed.body().path("reason").isNull()).isTrue();
        assertThat(placed.body().path("endedAt").isNull()).isTrue();
        assertThat(customer.find(order).body()).isEqualTo(placed.body());
    }

    @Test
    void others_are_told_all_that_they_need_to_know_of_an_order() {
        UUID user = others.signUp();
        String book = others.list(PRICE);

        String onTheWire = """
                {"orderId":"%s","userId":"%s",\
                "lines":[{"sku":"%s","quantity":2,"unitPrice":{"minorUnits":1999,"currency":"USD"}}],\
                "total":{"minorUnits":3998,"currency":"USD"},"fulfilment":"CHOREOGRAPHY"}""";

        UUID order = customer.place(order(user, book, 2)).orderId();

        assertThat(others.wireOf(order)).singleElement().satisfies(told -> {
            assertThat(told.type()).isEqualTo("OrderPlaced.v2");
            assertThat(told.attribute("source")).isEqualTo("/order-service");
            assertThat(told.data()).isEqualTo(onTheWire.formatted(order, user, book));
        });
    }

    @Test
    void a_new_price_is_the_price_of_the_next_order_only() {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        UUID before = customer.place(order(user, book, 1)).orderId();

        others.tell(new ProductPriceChanged(book, PRICE, new Money(2_500, "USD")));
        UUID after = customer.place(order(user, book, 1)).orderId();

        assertThat(customer.find(before).body().path("total").path("minorUnits").asLong())
                .isEqualTo(1_999);
        assertThat(customer.find(after).body().path("total").path("minorUnits").asLong())
                .isEqualTo(2_500);
        assertThat(others.hearOf(before)).containsExactly(placed(before, user, book, PRICE));
        assertThat(others.hearOf(after)).containsExactly(placed(after, user, book, new Money(2_500, "USD")));
    }

    @Test
    void orders_that_are_placed_at_the_same_time_share_a_transaction() throws Exception {
        UUID user = others.signUp();
        String book = others.list(PRICE);

        List<Answer> answers = placeAtOnce(Collections.nCopies(12, order(user, book, 1)));

        List<UUID> placed = answers.stream().map(Answer::orderId).toList();
        assertThat(ordersOf(user)).containsExactlyInAnyOrderElementsOf(placed);
        assertThat(transactionsOfOrdersOf(user)).isLessThan(12);
        for (Answer answer : answers) {
            assertThat(others.wireOf(answer.orderId()))
                    .singleElement()
                    .satisfies(told -> assertThat(told.attribute("correlationid"))
                            .isEqualTo(answer.headers().getFirst("X-Correlation-Id")));
        }
    }

    @Test
    void of_orders_that_are_placed_at_the_same_time_only_those_are_refused_that_can_not_be_placed() throws Exception {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        List<String> orders = new ArrayList<>(Collections.nCopies(11, order(user, book, 1)));
        orders.add(5, order(user, "unicorn", 1));

        List<Answer> answers = placeAtOnce(orders);

        assertThat(answers.get(5).problem()).startsWith("lines[0].sku: we know no product 'unicorn'");
        assertThat(transactionsOfOrdersOf(user)).isLessThan(11);
        answers.remove(5);
        List<UUID> placed = answers.stream().map(Answer::orderId).toList();
        assertThat(ordersOf(user)).containsExactlyInAnyOrderElementsOf(placed);
        assertThat(placed).allSatisfy(order -> assertThat(others.hearOf(order)).hasSize(1));
    }

    /** The first of them can't be written until all have arrived. */
    private List<Answer> placeAtOnce(List<String> orders) throws Exception {
        try (ExecutorService callers = Executors.newCachedThreadPool()) {
            List<Future<Answer>> calls = new ArrayList<>();
            transactions.executeWithoutResult(own -> {
                jdbc.execute("lock table orders in share mode");
                orders.forEach(order -> calls.add(callers.submit(() -> customer.place(order))));
                await().until(() -> requestsUnderWay() == orders.size());
            });
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> call : calls) {
                answers.add(call.get());
            }
            return answers;
        }
    }

    private long transactionsOfOrdersOf(UUID user) {
        return jdbc.queryForObject("select count(distinct xmin::text) from orders where user_id = ?", Long.class, user);
    }

    private int requestsUnderWay() {
        return meters.find("http.server.requests.active").longTaskTimers().stream()
                .mapToInt(LongTaskTimer::activeTasks)
                .sum();
    }

    private static OrderPlaced placed(UUID order, UUID user, String sku, Money price) {
        return new OrderPlaced(order, user, List.of(new OrderLine(sku, 1, price)), price, CHOREOGRAPHY);
    }

    @Test
    void a_customer_may_choose_who_knows_what_comes_next() {
        UUID user = others.signUp();
        String book = others.list(PRICE);

        String request = """
                {"userId": "%s", "lines": [{"sku": "%s", "quantity": 1}], "fulfilment": "ORCHESTRATION"}""";

        Answer placed = customer.place(request.formatted(user, book));

        assertThat(placed.body().path("fulfilment").asString()).isEqualTo("ORCHESTRATION");
        assertThat(others.hearOf(placed.orderId()))
                .singleElement()
                .satisfies(told -> assertThat(((OrderPlaced) told).fulfilment()).isEqualTo(ORCHESTRATION));
    }

    @Test
    void asked_again_under_the_same_key_the_answer_is_the_first_order() {
        UUID user = others.signUp();
        String request = order(user, others.list(PRICE), 3);
        String key = anyKey();

        Answer first = customer.place(request, key);
        Answer again = customer.place(request, key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(others.hearOf(first.orderId())).hasSize(1);
        assertThat(ordersOf(user)).containsExactly(first.orderId());
    }

    @Test
    void asked_again_when_the_order_has_moved_on_the_answer_is_still_the_first() {
        UUID user = others.signUp();
        String request = order(user, others.list(PRICE), 3);
        String key = anyKey();
        Answer first = customer.place(request, key);

        customer.cancel(first.orderId());

        assertThat(customer.place(request, key).body()).isEqualTo(first.body());
        assertThat(customer.find(first.orderId()).orderStatus()).isEqualTo("CANCELED");
    }

    @Test
    void asked_by_many_at_once_under_the_same_key_there_is_one_order() throws Exception {
        UUID user = others.signUp();
        String request = order(user, others.list(PRICE), 3);
        String key = anyKey();
        int before = others.countHeard();

        List<Answer> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(12)) {
            Callable<Answer> call = () -> customer.place(request, key);
            for (Future<Answer> answer : callers.invokeAll(Collections.nCopies(24, call))) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).extracting(Answer::status).containsOnlyOnce(201).containsOnly(200, 201);
        assertThat(answers)
                .extracting(Answer::orderId)
                .containsOnly(answers.getFirst().orderId());
        assertThat(others.countHeard()).isEqualTo(before + 1);
        assertThat(ordersOf(user)).hasSize(1);
    }

    @Test
    void a_key_that_was_used_for_another_order_is_refused() {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        String key = anyKey();
        customer.place(order(user, book, 1), key);
        int before = others.countHeard();

        Answer refused = customer.place(order(user, book, 2), key);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("Idempotency-Key: was used for another request; use a new key");
        assertThat(others.countHeard()).isEqualTo(before);
    }

    @Test
    void another_users_key_of_the_same_name_is_another_key() {
        UUID ada = others.signUp();
        UUID grace = others.signUp();
        String book = others.list(PRICE);
        String key = anyKey();
        UUID first = customer.place(order(ada, book, 1), key).orderId();

        Answer placed = customer.place(order(grace, book, 1), key);

        assertThat(placed.status()).isEqualTo(201);
        assertThat(ordersOf(ada)).containsExactly(first);
        assertThat(ordersOf(grace)).containsExactly(placed.orderId());
    }

    @Test
    void without_a_key_or_under_another_one_the_same_request_is_another_order() {
        UUID user = others.signUp();
        String request = order(user, others.list(PRICE), 1);

        customer.place(request);
        customer.place(request);
        customer.place(request, anyKey());
        customer.place(request, anyKey());

        assertThat(ordersOf(user)).hasSize(4);
    }

    @Test
    void a_key_under_which_nothing_could_be_ordered_can_be_used_again() {
        UUID user = others.signUp();
        String unlisted = "sku-" + UUID.randomUUID();
        String key = anyKey();
        assertThat(customer.place(order(user, unlisted, 1), key).status()).isEqualTo(422);

        others.tell(new ProductListed(unlisted, "A latecomer", "things", PRICE));

        assertThat(customer.place(order(user, unlisted, 1), key).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 129, 4_000})
    void a_key_is_of_bounded_length(int length) {
        Answer refused = customer.place(order(others.signUp(), others.list(PRICE), 1), "k".repeat(length));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("Idempotency-Key: must be 1 to 128 characters");
    }

    @Test
    void an_order_of_a_user_that_we_have_not_heard_of_is_refused_with_what_to_do() {
        UUID stranger = TimeOrderedId.next();
        String book = others.list(PRICE);
        int before = others.countHeard();

        Answer refused = customer.place(order(stranger, book, 1));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem())
                .isEqualTo("userId: we know no user %s; if it signed up a moment ago, try again in a second"
                        .formatted(stranger));
        assertThat(others.countHeard()).isEqualTo(before);
    }

    @Test
    void an_order_of_a_product_that_we_have_not_heard_of_is_refused_with_what_to_do() {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        int before = others.countHeard();

        Answer refused = customer.place(order(user, 1, List.of(book, "unicorn")));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).startsWith("lines[1].sku: we know no product 'unicorn'; if it was listed");
        assertThat(others.countHeard()).isEqualTo(before);
    }

    @Test
    void an_order_in_two_currencies_is_refused() {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        String tea = others.list(new Money(450, "EUR"));

        Answer refused = customer.place(order(user, 1, List.of(book, tea)));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).startsWith("lines: must all be priced in one currency");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"userId": <userId>, "lines": [             | body: must be JSON
            ~~                                          | body: must be a JSON object
            null                                        | body: must be a JSON object
            "order"                                     | body: must be a JSON object
            {}                                          | lines: must not be null; userId: must not be null
            {"userId": <userId>, "lines": null}         | lines: must not be null
            {"userId": <userId>, "lines": {}}           | lines: has a value of the wrong form
            {"userId": <userId>, "lines": []}           | lines: size must be between 1 and 100
            {"userId": <userId>, "lines": [null]}       | lines[0]: must not be null
            {"userId": <userId>, "lines": [7]}          | lines[0]: has a value of the wrong form
            {"userId": <userId>, "lines": [{"is": 1}]}  | lines[0].is: is not a field of this request
            {"userId": <userId>, "userId": <userId>}    | userId: must be given once
            {"lines": [{"sku": "a", "sku": "b"}]}       | sku: must be given once
            {"userId": <userId>, "total": 0}            | total: is not a field of this request
            """)
    void a_body_of_another_form_is_refused(String body, String problem) {
        assertRefused(body, problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            userId            | null          | must not be null
            userId            | "ada"         | has a value of the wrong form
            userId            | 7             | has a value of the wrong form
            userId            | "AZ7uyrRJcACdNRyJ7Qf6xA==" | has a value of the wrong form
            lines[0].sku      | null          | must not be null
            lines[0].sku      | 5             | has a value of the wrong form
            lines[0].sku      | 1.5           | has a value of the wrong form
            lines[0].sku      | true          | has a value of the wrong form
            lines[0].sku      | ""            | must be 1 to 64
            lines[0].sku      | "a b"         | must be 1 to 64
            lines[0].sku      | "a\\u0000b"   | must be 1 to 64
            lines[0].quantity | null          | must not be null
            lines[0].quantity | 0             | must be greater than or equal to 1
            lines[0].quantity | -1            | must be greater than or equal to 1
            lines[0].quantity | 1001          | must be less than or equal to 1000
            lines[0].quantity | 2147483648    | has a value of the wrong form
            lines[0].quantity | 1.5           | has a value of the wrong form
            lines[0].quantity | "1"           | has a value of the wrong form
            fulfilment        | "MAGIC"       | has a value of the wrong form
            fulfilment        | 0             | has a value of the wrong form
            """)
    void a_field_that_breaks_a_rule_is_named_with_the_rule(String field, String value, String rule) {
        String form = """
                {"userId": <userId>, "lines": [{"sku": <lines[0].sku>, "quantity": <lines[0].quantity>}],
                 "fulfilment": <fulfilment>}""";
        String body = form.replace("<%s>".formatted(field), value)
                .replace("<lines[0].sku>", "\"%s\"".formatted(others.list(PRICE)))
                .replace("<lines[0].quantity>", "1")
                .replace("<fulfilment>", "\"CHOREOGRAPHY\"");

        assertRefused(body, "%s: %s".formatted(field, rule));
    }

    private void assertRefused(String body, String problem) {
        String user = "\"%s\"".formatted(others.signUp());
        int before = others.countHeard();

        Answer refused = customer.place(body.replace("<userId>", user), anyKey());

        assertThat(refused.problem()).startsWith(problem);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(others.countHeard()).isEqualTo(before);
    }

    @Test
    void an_order_names_each_product_once() {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        int before = others.countHeard();

        Answer refused = customer.place(order(user, 1, List.of(book, book)));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("lines: must name each sku once; add the quantities up");
        assertThat(others.countHeard()).isEqualTo(before);
    }

    @Test
    void an_order_has_at_most_a_hundred_lines() {
        Answer refused = customer.place(order(others.signUp(), 1, Collections.nCopies(101, "any")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("lines: size must be between 1 and 100");
    }

    @Test
    void the_largest_order_that_is_allowed_is_taken() {
        UUID user = others.signUp();
        List<String> skus = Stream.generate(() -> "treasure-%s".formatted(UUID.randomUUID()))
                .limit(100)
                .toList();
        others.tell(skus.stream()
                .map(sku -> new ProductListed(sku, "A treasure", "treasures", new Money(100_000_000, "USD")))
                .toArray(ProductListed[]::new));

        Answer placed = customer.place(order(user, 1_000, skus));

        assertThat(placed.status()).as("%s", placed.body()).isEqualTo(201);
        assertThat(customer.find(placed.orderId())
                        .body()
                        .path("total")
                        .path("minorUnits")
                        .asLong())
                .isEqualTo(10_000_000_000_000L);
        assertThat(customer.find(placed.orderId()).body().path("lines")).hasSize(100);
    }

    private List<UUID> ordersOf(UUID user) {
        return customer.get("/orders?userId={user}", user).orderIds();
    }

    private static String anyKey() {
        return "key-" + UUID.randomUUID();
    }
}
