package io.tidings.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the service over real HTTP. */
@TestComponent
@Lazy
public class AccountClient {

    private final URI server;
    private final RestTestClient http;

    AccountClient(Environment environment) {
        server = URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"));
        http = RestTestClient.bindToServer().baseUrl(server.toString()).build();
    }

    /** What was answered. */
    public record Answer(int status, JsonNode body, String retryAfter) {

        public String detail() {
            assertThat(body.path("status").asInt()).as("%s", body).isEqualTo(status);
            return body.path("detail").asString();
        }

        public long balance() {
            assertThat(status).as("%s", body).isEqualTo(200);
            assertThat(body.path("balance").path("currency").asString()).isEqualTo("USD");
            return body.path("balance").path("minorUnits").asLong();
        }

        public long version() {
            return body.path("version").asLong();
        }

        public String asOf() {
            return body.path("asOf").asString();
        }
    }

    public Answer deposit(UUID userId, long minorUnits) {
        return post("/accounts/" + userId + "/deposits", amount(minorUnits, "USD"));
    }

    public Answer withdraw(UUID userId, long minorUnits) {
        return post("/accounts/" + userId + "/withdrawals", amount(minorUnits, "USD"));
    }

    public long balance(UUID userId) {
        return get("/accounts/" + userId).balance();
    }

    public static String amount(long minorUnits, String currency) {
        return """
                {"amount": {"minorUnits": %d, "currency": "%s"}}""".formatted(minorUnits, currency);
    }

    public Answer post(String path, String body) {
        return answer(http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .returnResult(byte[].class));
    }

    public Answer post(String path, String body, String idempotencyKey) {
        return answer(http.post()
                .uri(path)
                .header("Idempotency-Key", idempotencyKey)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .returnResult(byte[].class));
    }

    public Answer get(String pathAndQuery, Object... variables) {
        return answer(http.get().uri(pathAndQuery, variables).exchange().returnResult(byte[].class));
    }

    /** @param pathAndQuery as it goes over the wire */
    public Answer get(URI pathAndQuery) {
        return answer(http.get().uri(server.resolve(pathAndQuery)).exchange().returnResult(byte[].class));
    }

    private static Answer answer(EntityExchangeResult<byte[]> result) {
        byte[] body = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                JsonMapper.shared().readTree(body == null ? new byte[0] : body),
                result.getResponseHeaders().getFirst("Retry-After"));
    }
}
