package io.tidings.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Someone who runs the warehouse over real HTTP. */
@TestComponent
@Lazy
public class Clerk {

    private final RestTestClient http;

    Clerk(RestTestClient http) {
        this.http = http;
    }

    /** What was answered. */
    public record Answer(int status, HttpHeaders headers, JsonNode body) {

        /** What an RFC 9457 problem says. */
        public String problem() {
            assertThat(headers.getContentType()).as("%s", body).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
            assertThat(body.path("status").asInt()).isEqualTo(status);
            return body.path("detail").asString();
        }
    }

    /** Pieces of a product. */
    public record Pieces(long onHand, long reserved, long shipped, long received) {}

    public static String anySku() {
        return "sku-" + UUID.randomUUID();
    }

    /** The body of a request. */
    public static String product(String sku, long minorUnits) {
        String product = """
                {"sku": "%s", "name": "A book", "category": "books", "price": {"minorUnits": %d, "currency": "USD"}}""";
        return product.formatted(sku, minorUnits);
    }

    /** Lists a product of which there are so many pieces. */
    public String stocked(int pieces) {
        String sku = anySku();
        assertThat(post("/products", product(sku, 1_999)).status()).isEqualTo(201);
        if (pieces > 0) {
            assertThat(receive(sku, pieces).status()).isEqualTo(200);
        }
        return sku;
    }

    public Answer receive(String sku, int pieces) {
        return post("/products/%s/stock".formatted(sku), "{\"quantity\": %d}".formatted(pieces));
    }

    public Answer receive(String sku, int pieces, String idempotencyKey) {
        return answer(http.post()
                .uri("/products/{sku}/stock", sku)
                .header("Idempotency-Key", idempotencyKey)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"quantity\": %d}".formatted(pieces))
                .exchange()
                .returnResult(byte[].class));
    }

    public Answer changePrice(String sku, long minorUnits) {
        return put(
                "/products/%s/price".formatted(sku),
                "{\"minorUnits\": %d, \"currency\": \"USD\"}".formatted(minorUnits));
    }

    public Pieces stockOf(String sku) {
        Answer stock = get("/stock/{sku}", sku);
        assertThat(stock.status()).as("%s", stock.body()).isEqualTo(200);
        assertThat(stock.body().path("sku").asString()).isEqualTo(sku);
        return new Pieces(
                stock.body().path("onHand").asLong(),
                stock.body().path("reserved").asLong(),
                stock.body().path("shipped").asLong(),
                stock.body().path("received").asLong());
    }

    /** Where the reservation of an order stands, such as {@code RESERVED}. */
    public String reservationOf(UUID orderId) {
        Answer reservation = get("/reservations/{order}", orderId);
        assertThat(reservation.status()).as("%s", reservation.body()).isEqualTo(200);
        return reservation.body().path("status").asString();
    }

    public Answer post(String path, String body) {
        return send(HttpMethod.POST, path, body);
    }

    public Answer put(String path, String body) {
        return send(HttpMethod.PUT, path, body);
    }

    public Answer send(HttpMethod method, String path, String body) {
        return answer(http.method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .returnResult(byte[].class));
    }

    public Answer get(String pathAndQuery, Object... variables) {
        return answer(http.get().uri(pathAndQuery, variables).exchange().returnResult(byte[].class));
    }

    private static Answer answer(EntityExchangeResult<byte[]> result) {
        byte[] body = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                result.getResponseHeaders(),
                JsonMapper.shared().readTree(body == null ? new byte[0] : body));
    }
}
