package io.tidings.scenarios;

import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.scenarios.doors.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What customers and staff of the shop do, on a stage. */
final class Shop {

    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    private final Stage stage;
    // Products and addresses are new for each play.
    private final String play = Long.toString(RandomGenerator.getDefault().nextLong(1L << 40), 36);

    Shop(Stage stage) {
        this.stage = stage;
    }

    static Money dollars(long amount) {
        return new Money(Math.multiplyExact(amount, 100), "USD");
    }

    record Customer(UUID userId, String email, Answer signUp) {

        String path() {
            return "/users/" + userId;
        }
    }

    record Product(String sku, Money price) {}

    record PlacedOrder(UUID orderId, Money total, Answer call) {

        String path() {
            return "/orders/" + orderId;
        }

        String reservationPath() {
            return "/reservations/" + orderId;
        }

        String paymentPath() {
            return "/payments/" + orderId;
        }

        String shipmentPath() {
            return "/shipments/" + orderId;
        }

        String sagaPath() {
            return "/sagas/" + orderId;
        }
    }

    /** How many pieces of a product are where. */
    record Stock(long onHand, long reserved, long shipped, long received) {

        @Override
        public String toString() {
            return "%d on hand, %d reserved, %d shipped, %d received".formatted(onHand, reserved, shipped, received);
        }
    }

    Customer signUp(String givenName, String familyName) {
        String email = "%s.%s@example.org".formatted(givenName.toLowerCase(Locale.ROOT), play);
        Answer answer = Stage.required(
                stage.post("/users", Map.of("email", email, "givenName", givenName, "familyName", familyName)));
        return new Customer(idOf(answer, "userId"), email, answer);
    }

    /** A word that nothing else in the shop is called by. */
    String unheardOf(String word) {
        return word + play;
    }

    Answer changeProfile(Customer customer, String givenName, String familyName, List<String> interests) {
        return stage.put(
                "/users/%s/profile".formatted(customer.userId()),
                Map.of("givenName", givenName, "familyName", familyName, "interests", interests));
    }

    Answer changePrice(Product product, Money price) {
        return stage.put("/products/%s/price".formatted(product.sku()), price);
    }

    Product list(String name, Money price) {
        return list(name, "groceries", price);
    }

    Product list(String name, String category, Money price) {
        String sku = "%s-%s".formatted(name.toUpperCase(Locale.ROOT), play);
        Stage.required(stage.post("/products", Map.of("sku", sku, "name", name, "category", category, "price", price)));
        return new Product(sku, price);
    }

    void receive(Product product, int quantity) {
        Stage.required(stage.post("/products/%s/stock".formatted(product.sku()), Map.of("quantity", quantity)));
    }

    /** The account opens by itself soon after the customer has signed up. */
    Answer deposit(Customer customer, Money amount) {
        return move(customer, "deposits", amount);
    }

    Answer withdraw(Customer customer, Money amount) {
        return move(customer, "withdrawals", amount);
    }

    private Answer move(Customer customer, String direction, Money amount) {
        return stage.postOnceReady(
                accountPath(customer) + "/" + direction, Map.of("amount", amount), Map.of(), NOT_FOUND);
    }

    /** Orders are taken as soon as order-service has heard of the customer and the product. */
    PlacedOrder place(Customer customer, Product product, int quantity) {
        return place(customer, product, quantity, Fulfilment.CHOREOGRAPHY);
    }

    PlacedOrder place(Customer customer, Product product, int quantity, Fulfilment fulfilment) {
        Map<String, Object> order = new HashMap<>();
        order.put("userId", customer.userId());
        order.put("fulfilment", fulfilment);
        order.put("lines", List.of(Map.of("sku", product.sku(), "quantity", quantity)));
        Answer answer = stage.postOnceReady(
                "/orders", order, Map.of("Idempotency-Key", UUID.randomUUID().toString()), UNPROCESSABLE);
        return new PlacedOrder(idOf(answer, "orderId"), moneyOf(answer, "total"), answer);
    }

    /** The answer may be 409: too late. */
    Answer cancel(PlacedOrder order) {
        return stage.post(order.path() + "/cancel", null);
    }

    /** Checks where the saga ended, and by which way it got there. */
    void checkSaga(PlacedOrder order, String... steps) {
        stage.check("the steps of the saga", List.of(steps), order.sagaPath(), Shop::stepsOf);
    }

    private static List<String> stepsOf(Answer saga) {
        return saga.body()
                .path("steps")
                .valueStream()
                .map(step -> step.path("step").asString(""))
                .toList();
    }

    void checkOrder(PlacedOrder order, String status) {
        stage.check("the order", status, order.path(), Shop::statusOf);
    }

    void checkStock(Product product, Stock expected) {
        stage.check("the stock", expected, "/stock/" + product.sku(), answer -> answer.as(Stock.class));
    }

    void checkBalance(Customer customer, Money expected) {
        stage.check("the balance", expected, accountPath(customer), Shop::balanceOf);
    }

    static String accountPath(Customer customer) {
        return "/accounts/" + customer.userId();
    }

    static String statusOf(Answer answer) {
        return answer.body().path("status").asString("nothing that has a status");
    }

    static Money balanceOf(Answer answer) {
        return moneyOf(answer, "balance");
    }

    static long versionOf(Answer answer) {
        return answer.as("version", Long.class);
    }

    static Money totalOf(Answer answer) {
        return moneyOf(answer, "total");
    }

    private static Money moneyOf(Answer answer, String field) {
        return answer.as(field, Money.class);
    }

    private static UUID idOf(Answer answer, String field) {
        return answer.as(field, UUID.class);
    }
}
