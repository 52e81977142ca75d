package io.tidings.warehouse.api;

import static io.tidings.warehouse.Clerk.anySku;
import static io.tidings.warehouse.Clerk.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Money;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.warehouse.Clerk;
import io.tidings.warehouse.Clerk.Answer;
import io.tidings.warehouse.Clerk.Pieces;
import io.tidings.warehouse.OtherServices;
import io.tidings.warehouse.RunningService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

@RunningService
class ProductTest {

    @Autowired
    Clerk clerk;

    @Autowired
    OtherServices others;

    @Test
    void a_product_is_listed_with_nothing_in_stock_and_others_are_told() {
        String sku = anySku();
        String answer = """
                {"sku":"%s","name":"A book","category":"books","price":{"minorUnits":1999,"currency":"USD"}}""";

        Answer listed = clerk.post("/products", product(sku, 1_999));

        assertThat(listed.status()).isEqualTo(201);
        assertThat(listed.headers().getLocation()).hasPath("/products/" + sku);
        assertThat(listed.body().toString()).isEqualTo(answer.formatted(sku));
        assertThat(clerk.get("/products/{sku}", sku).body()).isEqualTo(listed.body());
        assertThat(clerk.stockOf(sku)).isEqualTo(new Pieces(0, 0, 0, 0));
        assertThat(others.hearOf(sku)).containsExactly(new ProductListed(sku, "A book", "books", dollars(1_999)));
    }

    @Test
    void a_sku_is_listed_once() {
        String sku = anySku();
        clerk.post("/products", product(sku, 1_999));

        Answer again = clerk.post("/products", product(sku, 1));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem())
                .isEqualTo("sku: there is a product %s already: use another sku, or change its price".formatted(sku));
        assertThat(again.body().at("/violations/0/field").asString()).isEqualTo("sku");
        assertThat(others.hearOf(sku)).hasSize(1);
    }

    @Test
    void of_many_who_list_one_sku_at_once_one_does() throws Exception {
        String sku = anySku();
        Callable<Answer> list = () -> clerk.post("/products", product(sku, 1_999));

        List<Answer> answers = allAtOnce(Collections.nCopies(12, list));

        assertThat(answers).extracting(Answer::status).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(others.hearOf(sku)).hasSize(1);
    }

    @Test
    void a_price_is_changed_from_now_on_and_others_are_told_the_old_and_the_new() {
        String sku = clerk.stocked(0);

        Answer changed = clerk.changePrice(sku, 2_500);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().path("price").path("minorUnits").asLong()).isEqualTo(2_500);
        assertThat(others.hearOf(sku)).last().isEqualTo(new ProductPriceChanged(sku, dollars(1_999), dollars(2_500)));
    }

    @Test
    void a_price_that_stays_the_same_is_no_news() {
        String sku = clerk.stocked(0);

        assertThat(clerk.changePrice(sku, 1_999).status()).isEqualTo(200);

        assertThat(others.hearOf(sku)).hasSize(1);
    }

    @Test
    void prices_that_are_changed_at_once_are_told_one_after_the_other() throws Exception {
        String sku = clerk.stocked(0);
        List<Callable<Answer>> changes = IntStream.rangeClosed(1, 30)
                .<Callable<Answer>>mapToObj(price -> () -> clerk.changePrice(sku, price))
                .toList();

        allAtOnce(changes);

        List<ProductPriceChanged> told = others.hearOf(sku).stream()
                .skip(1)
                .map(ProductPriceChanged.class::cast)
                .toList();
        assertThat(told).hasSize(30);
        Money price = dollars(1_999);
        for (ProductPriceChanged change : told) {
            assertThat(change.oldPrice()).isEqualTo(price);
            price = change.newPrice();
        }
        assertThat(clerk.get("/products/{sku}", sku)
                        .body()
                        .path("price")
                        .path("minorUnits")
                        .asLong())
                .isEqualTo(price.minorUnits());
    }

    @Test
    void goods_that_are_received_are_on_hand() {
        String sku = clerk.stocked(0);

        Answer received = clerk.receive(sku, 7);

        assertThat(received.status()).isEqualTo(200);
        assertThat(received.body().toString())
                .isEqualTo("{\"sku\":\"%s\",\"onHand\":7,\"reserved\":0,\"shipped\":0,\"received\":7}".formatted(sku));
        clerk.receive(sku, 5);
        assertThat(clerk.stockOf(sku)).isEqualTo(new Pieces(12, 0, 0, 12));
    }

    @Test
    void deliveries_that_come_at_once_are_all_counted() throws Exception {
        String sku = clerk.stocked(0);
        Callable<Answer> delivery = () -> clerk.receive(sku, 3);

        List<Answer> answers = allAtOnce(Collections.nCopies(40, delivery));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(clerk.stockOf(sku)).isEqualTo(new Pieces(120, 0, 0, 120));
    }

    @Test
    void products_are_listed_page_by_page_in_the_order_of_their_skus() {
        String prefix = "page-" + UUID.randomUUID();
        List<String> skus =
                Stream.of("A", "Z", "_", "a", "b").map(last -> prefix + last).toList();
        List<String> shuffled = new ArrayList<>(skus);
        Collections.shuffle(shuffled);
        shuffled.forEach(sku -> clerk.post("/products", product(sku, 1)));

        Answer first = clerk.get("/products?cursor={before}&limit=3", prefix);
        Answer second = clerk.get(
                "/products?cursor={next}&limit=2", first.body().path("next").asString());

        assertThat(skusOf(first)).isEqualTo(skus.subList(0, 3));
        assertThat(skusOf(second)).isEqualTo(skus.subList(3, 5));
    }

    @Test
    void a_full_page_is_the_last_if_nothing_follows() {
        String last = "zzz-" + TimeOrderedId.next();
        clerk.post("/products", product(last, 1));

        Answer page = clerk.get("/products?cursor={before}&limit=1", last.substring(0, last.length() - 1));

        assertThat(skusOf(page)).containsExactly(last);
        assertThat(page.body().path("next").isNull()).isTrue();
        assertThat(skusOf(clerk.get("/products?cursor={last}", last))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /products/unicorn       |
            GET  | /stock/unicorn          |
            PUT  | /products/unicorn/price | {"minorUnits": 1, "currency": "USD"}
            POST | /products/unicorn/stock | {"quantity": 1}
            """)
    void a_product_that_nobody_listed_is_not_found(String method, String path, String body) {
        Answer answer = body == null ? clerk.get(path) : clerk.send(HttpMethod.valueOf(method), path, body);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("There is no product unicorn.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"sku": "lamp",         | body: must be JSON
            ~~                      | body: must be a JSON object
            {"sku": "a", "sku": 7}  | sku: must be given once
            {"stock": 7}            | stock: is not a field of this request
            {"price": 19.99}        | price: has a value of the wrong form
            {"price": {"cents": 1}} | price.cents: is not a field of this request
            {}                      | category: must not be blank; name: must not be blank; price: must not be null
            {"price": {}}           | category: must not be blank; name: must not be blank; price.currency: must not be
            """)
    void a_body_of_another_form_is_refused(String body, String problem) {
        assertRefused(body, problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            sku              | null                | must not be null
            sku              | ""                  | must be 1 to 64 letters
            sku              | 123                 | has a value of the wrong form
            sku              | "a b"               | must be 1 to 64 letters
            sku              | "../etc"            | must be 1 to 64 letters
            sku              | "a\\u0000"          | must be 1 to 64 letters
            name             | null                | must not be blank
            name             | true                | has a value of the wrong form
            name             | " "                 | must not be blank
            name             | "A\\u0000"          | must not contain control characters
            name             | "\\ud800"           | must not contain control characters
            category         | 1.5                 | has a value of the wrong form
            category         | ""                  | must not be blank
            category         | "b\\n"              | must not contain control characters
            price.minorUnits | null                | must not be null
            price.minorUnits | 0                   | must be greater than or equal to 1
            price.minorUnits | -1                  | must be greater than or equal to 1
            price.minorUnits | 100000001           | must be less than or equal to 100000000
            price.minorUnits | 9223372036854775808 | has a value of the wrong form
            price.minorUnits | 19.99               | has a value of the wrong form
            price.minorUnits | "1"                 | has a value of the wrong form
            price.currency   | null                | must not be null
            price.currency   | 840                 | has a value of the wrong form
            price.currency   | "usd"               | must be a currency of ISO 4217
            price.currency   | "DOLLAR"            | must be a currency of ISO 4217
            price.currency   | "ABC"               | must be a currency of ISO 4217
            """)
    void a_field_that_breaks_a_rule_is_named_with_the_rule(String field, String value, String rule) {
        String form = """
                {"sku": <sku>, "name": <name>, "category": <category>,
                 "price": {"minorUnits": <price.minorUnits>, "currency": <price.currency>}}""";
        String body = form.replace("<%s>".formatted(field), value)
                .replace("<sku>", "\"%s\"".formatted(anySku()))
                .replace("<price.minorUnits>", "1")
                .replaceAll("<.*?>", "\"USD\"");

        assertRefused(body, "%s: %s".formatted(field, rule));
    }

    private void assertRefused(String body, String problem) {
        int before = others.countHeardOfProducts();

        Answer refused = clerk.post("/products", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).startsWith(problem);
        assertThat(others.countHeardOfProducts()).isEqualTo(before);
    }

    @Test
    void what_is_absurdly_long_is_refused_with_the_length_that_is_allowed() {
        String request = """
                {"sku": "%s", "name": "%s", "category": "%s", "price": {"minorUnits": 1, "currency": "USD"}}""";

        Answer refused =
                clerk.post("/products", request.formatted("s".repeat(65), "n".repeat(201), "c".repeat(300_000)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem())
                .contains("category: size must be between 0 and 64")
                .contains("name: size must be between 0 and 200")
                .contains("sku: must be 1 to 64 letters")
                .hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"quantity": 0}             | quantity: must be greater than or equal to 1
            {"quantity": -5}            | quantity: must be greater than or equal to 1
            {"quantity": 1000001}       | quantity: must be less than or equal to 1000000
            {"quantity": 2147483648}    | quantity: has a value of the wrong form
            {"quantity": 1.5}           | quantity: has a value of the wrong form
            {"quantity": "7"}           | quantity: has a value of the wrong form
            {"quantity": null}          | quantity: must not be null
            {}                          | quantity: must not be null
            {"quantity": 1, "sku": "x"} | sku: is not a field of this request
            """)
    void goods_that_break_a_rule_are_not_received(String request, String problem) {
        String sku = clerk.stocked(5);

        Answer refused = clerk.post("/products/%s/stock".formatted(sku), request);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).startsWith(problem);
        assertThat(clerk.stockOf(sku)).isEqualTo(new Pieces(5, 0, 0, 5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"minorUnits": 0, "currency": "USD"}                | minorUnits: must be greater than or equal to 1
            {"minorUnits": 1, "currency": "US"}                 | currency: must be a currency of ISO 4217
            {"minorUnits": 1}                                   | currency: must not be null
            {"price": {"minorUnits": 1, "currency": "USD"}}     | price: is not a field of this request
            """)
    void a_price_that_breaks_a_rule_changes_nothing(String request, String problem) {
        String sku = clerk.stocked(0);

        Answer refused = clerk.put("/products/%s/price".formatted(sku), request);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).startsWith(problem);
        assertThat(others.hearOf(sku)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /products?limit=0     | limit: must be greater than or equal to 1
            /products?limit=101   | limit: must be less than or equal to 100
            /products?limit=ten   | limit: must be a whole number
            /reservations/seven   | orderId: must be a UUID
            """)
    void a_request_that_breaks_a_rule_is_answered_with_the_parameter_and_the_rule(String path, String problem) {
        Answer refused = clerk.get(path);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).startsWith(problem);
    }

    @Test
    void a_cursor_that_no_product_can_have_is_a_bad_request() {
        Answer refused = clerk.get("/products?cursor={cursor}", "\u0000");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).startsWith("cursor: must not contain control characters");
    }

    private static List<String> skusOf(Answer page) {
        assertThat(page.status()).isEqualTo(200);
        return page.body()
                .path("products")
                .valueStream()
                .map(product -> product.path("sku").asString())
                .toList();
    }

    private static Money dollars(long cents) {
        return new Money(cents, "USD");
    }

    private static List<Answer> allAtOnce(List<Callable<Answer>> calls) throws Exception {
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(12)) {
            for (Future<Answer> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
