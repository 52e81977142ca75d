package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the services of the shop at their own doors. */
final class ShopClient implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);
    /** So often who is refused comes again before they give the shop up. */
    private static final int VISITS = 60;

    private static final int CREATED = 201;

    private final ShopProcess shop;
    private final URI orders;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ShopClient(ShopProcess shop) {
        this.shop = shop;
        this.orders = shop.door("order-service").resolve("/orders");
    }

    /**
     * What the shop said to an order.
     *
     * @param status of HTTP
     * @param orderId of an order that was placed; null otherwise
     * @param answeredAt microseconds since 1970
     * @param retryAfter seconds; empty if nothing was said about it
     */
    record Answer(int status, @Nullable UUID orderId, long answeredAt, OptionalLong retryAfter) {

        boolean isPlaced() {
            return orderId != null;
        }

        /** @throws NullPointerException if none was placed */
        UUID placedId() {
            return Objects.requireNonNull(orderId);
        }
    }

    Answer place(UUID customer, String sku) {
        return answerOf(post(orders, order(customer, sku)));
    }

    /** Comes again when it is told to, while the shop has too much to do. */
    Answer placeAtLast(UUID customer, String sku) {
        return answerOf(postAtLast(orders, order(customer, sku)));
    }

    private static Map<String, Object> order(UUID customer, String sku) {
        return Map.of("userId", customer, "lines", List.of(Map.of("sku", sku, "quantity", 1)));
    }

    private static Answer answerOf(HttpResponse<byte[]> response) {
        long now = Clock.micros();
        UUID orderId = response.statusCode() == CREATED
                ? UUID.fromString(
                        MAPPER.readTree(response.body()).path("orderId").asString())
                : null;
        return new Answer(response.statusCode(), orderId, now, retryAfter(response));
    }

    /** Answers the customer's id. */
    UUID signUp(int number) {
        HttpResponse<byte[]> response = postAtLast(
                shop.door("user-service").resolve("/users"),
                Map.of(
                        "email",
                        "customer.%d@example.org".formatted(number),
                        "givenName",
                        "Customer",
                        "familyName",
                        "Number " + number));
        return UUID.fromString(require(response, "sign up").path("userId").asString());
    }

    /** Waits for the account, which is opened when payment-service hears of the customer. Answers the customer. */
    UUID deposit(UUID customer, long minorUnits) {
        URI deposits = shop.door("payment-service").resolve("/accounts/%s/deposits".formatted(customer));
        Map<String, Object> amount = Map.of("amount", money(minorUnits));
        until("deposit", () -> post(deposits, amount).statusCode() / 100 == 2);
        return customer;
    }

    void list(String sku, int price, int stock) {
        URI products = shop.door("warehouse-service").resolve("/products");
        require(
                postAtLast(
                        products,
                        Map.of("sku", sku, "name", "Product " + sku, "category", "any", "price", money(price))),
                "list a product");
        require(
                postAtLast(products.resolve("/products/%s/stock".formatted(sku)), Map.of("quantity", stock)),
                "receive stock");
    }

    void changePrice(String sku, int minorUnits) {
        URI price = shop.door("warehouse-service").resolve("/products/%s/price".formatted(sku));
        require(send(requestTo(price).PUT(body(money(minorUnits)))), "change a price");
    }

    private static Map<String, Object> money(long minorUnits) {
        return Map.of("minorUnits", minorUnits, "currency", "USD");
    }

    /** Orders that a service makes its projection again. Answers the id of the replay. */
    UUID rebuild(String service) {
        HttpResponse<byte[]> response = post(replays(), Map.of("target", service));
        return UUID.fromString(
                require(response, "rebuild " + service).path("replayId").asString());
    }

    /**
     * How far a replay is.
     *
     * @param phase as audit-service names it
     * @param sent how many events were told so far
     */
    record Replay(String phase, long sent) {}

    Replay replay(UUID replayId) {
        URI address = replays().resolve("/replays/" + replayId);
        JsonNode replay = require(send(requestTo(address).GET()), "tell of a replay");
        return new Replay(replay.path("phase").asString(), replay.path("sent").asLong());
    }

    private URI replays() {
        return shop.door("audit-service").resolve("/replays");
    }

    /**
     * Answers how long the answer took to come, in milliseconds.
     *
     * @throws IllegalStateException if it was no success
     */
    double read(RestRead read) {
        URI address = shop.door(read.service()).resolve(read.path());
        HttpRequest.Builder request = requestTo(address).GET();
        long begin = System.nanoTime();
        HttpResponse<byte[]> response = send(request);
        long end = System.nanoTime();
        require(response, "answer GET " + read.path());
        return (end - begin) / 1e6;
    }

    static void until(String what, BooleanSupplier done) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The shop would not %s within %s.".formatted(what, READY_WITHIN));
            }
            rest(BETWEEN_QUESTIONS);
        }
    }

    private static JsonNode require(HttpResponse<byte[]> response, String what) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException("The shop would not %s: %d %s"
                    .formatted(what, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8)));
        }
        return MAPPER.readTree(response.body());
    }

    private HttpResponse<byte[]> post(URI address, Map<String, Object> body) {
        return send(requestTo(address).POST(body(body)));
    }

    private HttpResponse<byte[]> postAtLast(URI address, Map<String, Object> body) {
        HttpResponse<byte[]> response = post(address, body);
        for (int visit = 1; visit < VISITS && retryAfter(response).isPresent(); visit++) {
            rest(Duration.ofSeconds(retryAfter(response).getAsLong()));
            response = post(address, body);
        }
        return response;
    }

    private static OptionalLong retryAfter(HttpResponse<byte[]> response) {
        return response.headers().firstValueAsLong("Retry-After");
    }

    private static void rest(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", stopped);
        }
    }

    private static HttpRequest.Builder requestTo(URI address) {
        return HttpRequest.newBuilder(address).timeout(ANSWER_WITHIN).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(Map<String, Object> body) {
        return HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            throw new UncheckedIOException("%s did not answer.".formatted(request.uri()), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", stopped);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
