package io.tidings.order.api;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static io.tidings.order.Customer.order;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class PlacingTest {

    private static final Money PRICE = new Money(1_999, "USD");

    @Autowired
    Customer customer;

    @Autowired
    OtherServices others;

    @Test
    void an_order_is_priced_from_what_others_told() {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        String lamp = others.list(new Money(5_000, "USD"));
        Instant before = Instant.now();

        Answer placed = customer.place("""
                {"userId": "%s", "lines": [{"sku": "%s", "quantity": 2}, {"sku": "%s", "quantity": 1}]}"""
                .formatted(user, book, lamp));

        assertThat(placed.status()).isEqualTo(201);
        UUID order = placed.orderId();
        assertThat(placed.headers().getLocation()).hasPath("/orders/" + order);
        assertThat(placed.body().propertyNames())
                .containsExactly(
                        "orderId", "userId", "status", "lines", "total", "fulfilment", "reason", "placedAt", "endedAt");
        assertThat(placed.body().path("status").asString()).isEqualTo("PLACED");
        assertThat(placed.body().path("userId").asString()).isEqualTo(user.toString());
        assertThat(placed.body().path("total").toString()).isEqualTo("{\"minorUnits\":8998,\"currency\":\"USD\"}");
        assertThat(placed.body().path("lines").get(0).toString())
                .isEqualTo("{\"sku\":\"%s\",\"quantity\":2,\"unitPrice\":{\"minorUnits\":1999,\"currency\":\"USD\"}}"
                        .formatted(book));
        assertThat(Instant.parse(placed.body().path("placedAt").asString())).isBetween(before, Instant.now());
        assertThat(placed.body().path("reason").isNull()).isTrue();
        assertThat(placed.body().path("endedAt").isNull()).isTrue();
        assertThat(withoutTimes(customer.find(order))).isEqualTo(withoutTimes(placed));
    }

    /** The database keeps microseconds, and the first answer may have nanoseconds. */
    private static String withoutTimes(Answer answer) {
        return answer.body().toString().replaceAll("(\"placedAt\":\"[^.]*)[^\"]*", "$1");
    }

    @Test
    void others_are_told_all_that_they_need_to_know_of_an_order() {
        UUID user = others.signUp();
        String book = others.list(PRICE);

        UUID order = customer.place(order(user, book, 2)).orderId();

        assertThat(others.wireOf(order)).singleElement().satisfies(told -> {
            assertThat(told.type()).isEqualTo("OrderPlaced.v2");
            assertThat(told.attribute("source")).isEqualTo("/order-service");
            assertThat(told.data()).isEqualTo("""
                    {"orderId":"%s","userId":"%s",\
                    "lines":[{"sku":"%s","quantity":2,"unitPrice":{"minorUnits":1999,"currency":"USD"}}],\
                    "total":{"minorUnits":3998,"currency":"USD"},"fulfilment":"CHOREOGRAPHY"}"""
                    .formatted(order, user, book));
        });
    }

    @Test
    void a_new_price_is_the_price_of_the_next_order_only() {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        UUID before = customer.place(order(user, book, 1)).orderId();

        others.tell(new ProductPriceChanged(book, PRICE, new Money(2_500, "USD")));
        UUID after = customer.place(order(user, book, 1)).orderId();

        assertThat(customer.find(before).body().path("total").path("minorUnits").asLong()).isEqualTo(1_999);
        assertThat(customer.find(after).body().path("total").path("minorUnits").asLong()).isEqualTo(2_500);
        assertThat(others.hearOf(before)).containsExactly(placed(before, user, book, PRICE));
        assertThat(others.hearOf(after)).containsExactly(placed(after, user, book, new Money(2_500, "USD")));
    }

    private static OrderPlaced placed(UUID order, UUID user, String sku, Money price) {
        return new OrderPlaced(order, user, List.of(new OrderLine(sku, 1, price)), price, CHOREOGRAPHY);
    }

    @Test
    void a_customer_may_choose_who_knows_what_comes_next() {
        UUID user = others.signUp();
        String book = others.list(PRICE);

        Answer placed = customer.place("""
                {"userId": "%s", "lines": [{"sku": "%s", "quantity": 1}], "fulfilment": "ORCHESTRATION"}"""
                .formatted(user, book));

        assertThat(placed.body().path("fulfilment").asString()).isEqualTo("ORCHESTRATION");
        assertThat(others.hearOf(placed.orderId())).singleElement().satisfies(told -> assertThat(
                        ((OrderPlaced) told).fulfilment())
                .isEqualTo(ORCHESTRATION));
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
        assertThat(withoutTimes(again)).isEqualTo(withoutTimes(first));
        assertThat(others.hearOf(first.orderId())).hasSize(1);
        assertThat(ordersOf(user)).containsExactly(first.orderId());
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
        assertThat(answers).extracting(Answer::orderId).containsOnly(answers.getFirst().orderId());
        assertThat(others.countHeard()).isEqualTo(before + 1);
        assertThat(ordersOf(user)).hasSize(1);
    }

    @Test
    void a_key_that_was_used_for_another_order_is_refused() {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        String key = anyKey();
        UUID first = customer.place(order(user, book, 1), key).orderId();
        int before = others.countHeard();

        for (String other : List.of(order(user, book, 2), order(others.signUp(), book, 1))) {
            Answer refused = customer.place(other, key);

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.problem())
                    .isEqualTo("Idempotency-Key: was used for another order (%s); use a new key".formatted(first));
        }
        assertThat(others.countHeard()).isEqualTo(before);
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

        Answer refused = customer.place("""
                {"userId": "%s", "lines": [{"sku": "%s", "quantity": 1}, {"sku": "unicorn", "quantity": 1}]}"""
                .formatted(user, book));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem())
                .isEqualTo(
                        "lines[1].sku: we know no product 'unicorn'; if it was listed a moment ago, try again in a second");
        assertThat(others.countHeard()).isEqualTo(before);
    }

    @Test
    void an_order_in_two_currencies_is_refused() {
        UUID user = others.signUp();
        String book = others.list(PRICE);
        String tea = others.list(new Money(450, "EUR"));

        Answer refused = customer.place("""
                {"userId": "%s", "lines": [{"sku": "%s", "quantity": 1}, {"sku": "%s", "quantity": 1}]}"""
                .formatted(user, book, tea));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).startsWith("lines: must all be priced in one currency");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"userId": "USER", "lines": [                                                        | 400 | body: must be JSON
            ~~                                                                                   | 400 | body: must be a JSON object
            null                                                                                 | 400 | body: must be a JSON object
            "order"                                                                              | 400 | body: must be a JSON object
            {}                                                                                   | 400 | lines: must not be null; userId: must not be null
            {"userId": null, "lines": [{"sku": "SKU", "quantity": 1}]}                           | 400 | userId: must not be null
            {"userId": "ada", "lines": [{"sku": "SKU", "quantity": 1}]}                          | 400 | userId: has a value of the wrong form
            {"userId": 7, "lines": [{"sku": "SKU", "quantity": 1}]}                              | 400 | userId: has a value of the wrong form
            {"userId": "USER"}                                                                   | 400 | lines: must not be null
            {"userId": "USER", "lines": []}                                                      | 400 | lines: size must be between 1 and 100
            {"userId": "USER", "lines": {}}                                                      | 400 | lines: has a value of the wrong form
            {"userId": "USER", "lines": [null]}                                                  | 400 | lines[0]: must not be null
            {"userId": "USER", "lines": [7]}                                                     | 400 | lines[0]: has a value of the wrong form
            {"userId": "USER", "lines": [{"quantity": 1}]}                                       | 400 | lines[0].sku: must not be null
            {"userId": "USER", "lines": [{"sku": "", "quantity": 1}]}                            | 400 | lines[0].sku: must be 1 to 64
            {"userId": "USER", "lines": [{"sku": "a\\u0000b", "quantity": 1}]}                   | 400 | lines[0].sku: must be 1 to 64
            {"userId": "USER", "lines": [{"sku": "SKU"}]}                                        | 400 | lines[0].quantity: must not be null
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": 0}]}                         | 400 | lines[0].quantity: must be greater than or equal to 1
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": -1}]}                        | 400 | lines[0].quantity: must be greater than or equal to 1
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": 1001}]}                      | 400 | lines[0].quantity: must be less than or equal to 1000
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": 2147483648}]}                | 400 | lines[0].quantity: has a value of the wrong form
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": 1.5}]}                       | 400 | lines[0].quantity: has a value of the wrong form
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": "many"}]}                    | 400 | lines[0].quantity: has a value of the wrong form
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": 1, "price": 1}]}             | 400 | lines[0].price: is not a field of this request
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": 1}], "total": 0}             | 400 | total: is not a field of this request
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": 1}], "fulfilment": "MAGIC"}  | 400 | fulfilment: has a value of the wrong form
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": 1}], "fulfilment": 0}        | 400 | fulfilment: has a value of the wrong form
            {"userId": "USER", "lines": [{"sku": "SKU", "quantity": 1}, {"sku": "SKU", "quantity": 2}]} | 422 | lines: must name each sku once; add the quantities up
            """)
    void a_request_that_breaks_a_rule_is_answered_with_the_field_and_the_rule(
            String request, int status, String problem) {
        String user = others.signUp().toString();
        String sku = others.list(PRICE);
        int before = others.countHeard();

        Answer refused = customer.place(request.replace("USER", user).replace("SKU", sku), anyKey());

        assertThat(refused.problem()).startsWith(problem);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(others.countHeard()).isEqualTo(before);
    }

    @Test
    void an_order_has_at_most_a_hundred_lines() {
        String line = "{\"sku\": \"any\", \"quantity\": 1}";

        Answer refused = customer.place("{\"userId\": \"%s\", \"lines\": [%s]}"
                .formatted(TimeOrderedId.next(), String.join(",", Collections.nCopies(101, line))));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("lines: size must be between 1 and 100");
    }

    @Test
    void the_largest_order_that_is_allowed_is_taken() {
        UUID user = others.signUp();
        List<ProductListed> products = new ArrayList<>();
        for (int product = 0; product < 100; product++) {
            products.add(new ProductListed(
                    "treasure-%03d-%s".formatted(product, UUID.randomUUID()),
                    "A treasure",
                    "treasures",
                    new Money(100_000_000, "USD")));
        }
        others.tell(products.toArray(ProductListed[]::new));

        Answer placed = customer.place("{\"userId\": \"%s\", \"lines\": [%s]}"
                .formatted(
                        user,
                        String.join(
                                ",",
                                products.stream()
                                        .map(product ->
                                                "{\"sku\": \"%s\", \"quantity\": 1000}".formatted(product.sku()))
                                        .toList())));

        assertThat(placed.status()).as("%s", placed.body()).isEqualTo(201);
        assertThat(customer.find(placed.orderId()).body().path("total").path("minorUnits").asLong())
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
