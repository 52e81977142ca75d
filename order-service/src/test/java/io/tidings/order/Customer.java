package io.tidings.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer of the shop over real HTTP. */
@TestComponent
@Lazy
public class Customer {

    private final RestTestClient http;

    Customer(RestTestClient http) {
        this.http = http;
    }

    /** What was answered. */
    public record Answer(int status, HttpHeaders headers, JsonNode body) {

        public UUID orderId() {
            assertThat(status).as("%s", body).isIn(200, 201);
            return UUID.fromString(body.path("orderId").asString());
        }

        /** Those of a page. */
        public List<UUID> orderIds() {
            assertThat(status).as("%s", body).isEqualTo(200);
            return body.path("orders")
                    .valueStream()
                    .map(order -> UUID.fromString(order.path("orderId").asString()))
                    .toList();
        }

        public String orderStatus() {
            assertThat(status).as("%s", body).isEqualTo(200);
            return body.path("status").asString();
        }

        /** What an RFC 9457 problem says. */
        public String problem() {
            assertThat(headers.getContentType()).as("%s", body).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
            assertThat(body.path("status").asInt()).isEqualTo(status);
            return body.path("detail").asString();
        }
    }

    /** The body of a request for some pieces of a product. */
    public static String order(UUID userId, String sku, int quantity) {
        return order(userId, quantity, List.of(sku));
    }

    /** The body of a request for so many pieces of each product. */
    public static String order(UUID userId, int quantity, List<String> skus) {
        return skus.stream()
                .map(sku -> "{\"sku\": \"%s\", \"quantity\": %d}".formatted(sku, quantity))
                .collect(Collectors.joining(", ", "{\"userId\": \"%s\", \"lines\": [".formatted(userId), "]}"));
    }

    /** As {@link #order}, for an order that is orchestrated. */
    public static String orchestratedOrder(UUID userId, String sku, int quantity) {
        return """
                {"userId": "%s", "lines": [{"sku": "%s", "quantity": %d}], "fulfilment": "ORCHESTRATION"}""".formatted(userId, sku, quantity);
    }

    public Answer place(String body) {
        return answer(http.post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .returnResult(byte[].class));
    }

    public Answer place(String body, String idempotencyKey) {
        return answer(http.post()
                .uri("/orders")
                .header("Idempotency-Key", idempotencyKey)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .returnResult(byte[].class));
    }

    public Answer cancel(UUID orderId) {
        return answer(http.post().uri("/orders/{id}/cancel", orderId).exchange().returnResult(byte[].class));
    }

    public Answer get(String pathAndQuery, Object... variables) {
        return answer(http.get().uri(pathAndQuery, variables).exchange().returnResult(byte[].class));
    }

    public Answer find(UUID orderId) {
        return get("/orders/{id}", orderId);
    }

    private static Answer answer(EntityExchangeResult<byte[]> result) {
        byte[] body = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                result.getResponseHeaders(),
                JsonMapper.shared().readTree(body == null ? new byte[0] : body));
    }
}
