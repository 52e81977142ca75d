package io.tidings.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardingTest extends GatewayTest {

    @ParameterizedTest
    @CsvSource({"/orders", "/orders/1", "/orders/1/cancel", "/sagas/1"})
    void a_path_leads_to_the_service_that_owns_it(String path) {
        // when
        HttpResponse<String> answer = get(path);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(orderService.onlyRequest().uri()).hasToString(path);
        assertThat(userService.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/services/order-service/dead-letters?page=2, /dead-letters?page=2",
        "/services/order-service/actuator/health, /actuator/health",
        "/services/order-service, /",
        "/services/order%2Dservice/orders/a%2Db, /orders/a%2Db"
    })
    void everything_a_service_offers_is_found_under_its_name(String asked, String passedOn) {
        // when
        HttpResponse<String> answer = get(asked);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(orderService.onlyRequest().uri()).hasToString(passedOn);
    }

    @Test
    void method_body_and_headers_pass_unchanged() {
        // given
        orderService.answers(201, "");

        // when
        HttpResponse<String> answer = send(to("/orders")
                .POST(BodyPublishers.ofString("{\"greeting\":\"grüß dich\"}"))
                .header("Content-Type", "application/json;charset=UTF-8")
                .header("Idempotency-Key", "key-1")
                .header("X-Correlation-Id", "flow-1")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .header("Accept-Language", "de")
                .header("Accept-Language", "en"));

        // then
        Upstream.Received request = orderService.onlyRequest();
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.body()).isEqualTo("{\"greeting\":\"grüß dich\"}");
        assertThat(request.headers())
                .containsEntry("Content-type", List.of("application/json;charset=UTF-8"))
                .containsEntry("Idempotency-key", List.of("key-1"))
                .containsEntry("X-correlation-id", List.of("flow-1"))
                .containsEntry("Traceparent", List.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
                .containsEntry("Accept-language", List.of("de", "en"))
                .doesNotContainKeys("Upgrade", "Http2-settings", "Accept-encoding");
    }

    @ParameterizedTest
    @CsvSource({"PUT", "PATCH", "DELETE"})
    void a_form_is_left_for_the_service_to_read(String method) {
        // when
        send(to("/users/1/profile")
                .method(method, BodyPublishers.ofString("name=Ada+L.&name=%41"))
                .header("Content-Type", "application/x-www-form-urlencoded"));

        // then
        assertThat(userService.onlyRequest().method()).isEqualTo(method);
        assertThat(userService.onlyRequest().body()).isEqualTo("name=Ada+L.&name=%41");
    }

    @Test
    void path_and_query_pass_in_the_encoding_in_which_they_came() {
        // when
        get("/users/a%20b;v=1/%C3%A9?flag&b=1&a=2&b=%2B+x&asOf=2026-01-01T00:00:00Z");

        // then
        assertThat(userService.onlyRequest().uri())
                .hasToString("/users/a%20b;v=1/%C3%A9?flag&b=1&a=2&b=%2B+x&asOf=2026-01-01T00:00:00Z");
    }

    @Test
    void a_problem_that_a_service_reports_passes_unchanged() {
        // given
        String problem = "{\"title\":\"Out of stock\",\"status\":409,\"detail\":\"Order fewer.\",\"sku\":\"tea\"}";
        orderService.answers(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.getResponseHeaders().add("X-Correlation-Id", "flow-2");
            Upstream.reply(exchange, 409, problem);
        });

        // when
        HttpResponse<String> answer = get("/orders/1");

        // then
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo(problem);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        assertThat(answer.headers().allValues("Retry-After")).containsExactly("7");
        assertThat(answer.headers().allValues("X-Correlation-Id")).containsExactly("flow-2");
    }

    @Test
    void a_503_of_a_service_is_neither_retried_nor_rewritten() {
        // given
        orderService.answers(503, "closed for lunch");

        // when
        HttpResponse<String> answer = get("/orders/1");

        // then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("closed for lunch");
        assertThat(orderService.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/orders, /orders/1, /orders/1",
        "/orders, SERVICE/orders/1?a=b, /orders/1?a=b",
        "/orders, https://elsewhere.example/1, https://elsewhere.example/1",
        "/services/order-service/orders, /orders/1, /services/order-service/orders/1",
        "/services/order-service/orders, SERVICE/orders/1, /services/order-service/orders/1",
        "/services/order-service/orders, //elsewhere.example/1, //elsewhere.example/1"
    })
    void a_location_can_be_followed_through_the_gateway(String asked, String said, String heard) {
        // given
        orderService.answers(exchange -> {
            exchange.getResponseHeaders().add("Location", said.replace("SERVICE", orderService.url()));
            Upstream.reply(exchange, 201, "");
        });

        // when
        HttpResponse<String> answer = send(to(asked).POST(BodyPublishers.noBody()));

        // then
        assertThat(answer.headers().firstValue("Location")).hasValue(heard);
    }

    @Test
    void a_redirect_is_left_to_the_caller() {
        // given
        orderService.answers(exchange -> {
            exchange.getResponseHeaders().add("Location", "/orders/2");
            Upstream.reply(exchange, 302, "");
        });

        // when
        HttpResponse<String> answer = get("/orders/1");

        // then
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(orderService.received()).hasSize(1);
    }

    @Test
    void headers_of_one_connection_are_not_passed_on() throws Exception {
        // given
        orderService.answers(exchange -> {
            exchange.getResponseHeaders().add("Connection", "X-Of-The-Service");
            exchange.getResponseHeaders().add("X-Of-The-Service", "1");
            exchange.getResponseHeaders().add("Keep-Alive", "timeout=5");
            Upstream.reply(exchange, 200, "");
        });

        // when
        String answer = sendRaw("""
                GET /orders/1 HTTP/1.1\r
                Host: shop.example\r
                Connection: close, X-Of-The-Caller\r
                X-Of-The-Caller: 1\r
                TE: trailers\r
                Upgrade: websocket\r
                Proxy-Authorization: Basic c2VjcmV0\r
                X-For-The-Service: 1\r
                \r
                """);

        // then
        assertThat(answer).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("X-Of-The-Service", "timeout=5");
        assertThat(orderService.onlyRequest().headers())
                .containsKey("X-for-the-service")
                .doesNotContainKeys("X-of-the-caller", "Te", "Upgrade", "Proxy-authorization");
    }

    @Test
    void a_service_learns_where_the_caller_came_in_and_a_caller_cannot_make_that_up() throws Exception {
        // when
        sendRaw("""
                GET /services/order-service/orders/1 HTTP/1.1\r
                Host: shop.example:1234\r
                X-Forwarded-For: 203.0.113.9\r
                X-Forwarded-Host: evil.example\r
                Forwarded: host=evil.example\r
                Connection: close\r
                \r
                """);

        // then
        assertThat(orderService.onlyRequest().headers())
                .containsEntry("X-forwarded-for", List.of("127.0.0.1"))
                .containsEntry("X-forwarded-host", List.of("shop.example:1234"))
                .containsEntry("X-forwarded-proto", List.of("http"))
                .containsEntry("X-forwarded-prefix", List.of("/services/order-service"))
                .doesNotContainKey("Forwarded");
    }

    @Test
    void a_conditional_request_is_the_services_to_answer() {
        // given
        orderService.answers(exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"v1\"");
            Upstream.reply(exchange, 200, "as the service likes it");
        });

        // when
        HttpResponse<String> answer = send(to("/orders/1").header("If-None-Match", "\"v1\""));

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("as the service likes it");
    }

    @Test
    void an_answer_to_head_keeps_its_length() {
        // given
        orderService.answers(exchange -> {
            exchange.getResponseHeaders().add("Content-Length", "1234");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });

        // when
        HttpResponse<String> answer = send(to("/orders/1").HEAD());

        // then
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("1234");
    }
}
