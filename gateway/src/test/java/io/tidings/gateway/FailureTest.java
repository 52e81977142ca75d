package io.tidings.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;

class FailureTest extends GatewayTest {

    private static final int LARGEST_BODY = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({"/payments/1, payment-service", "/services/email-service/emails, email-service"})
    void a_service_that_is_down_is_answered_with_503_and_retry_after(String path, String service) {
        // when
        HttpResponse<String> answer = get(path);

        // then
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
        problem(answer, 503)
                .hasPathSatisfying("$.service", name -> name.assertThat().isEqualTo(service))
                .hasPathSatisfying(
                        "$.detail",
                        text -> text.assertThat()
                                .asString()
                                .contains(service + " cannot be reached", "Ask again in 2 s"));
    }

    @Test
    void a_service_that_does_not_answer_in_time_is_answered_with_504() {
        // given
        CountDownLatch tested = new CountDownLatch(1);
        orderService.answers(exchange -> await(tested));

        // when
        HttpResponse<String> answer = get("/orders/1");
        tested.countDown();

        // then
        problem(answer, 504)
                .hasPathSatisfying("$.service", name -> name.assertThat().isEqualTo("order-service"))
                .hasPathSatisfying(
                        "$.detail",
                        text -> text.assertThat()
                                .asString()
                                .contains("did not answer within 2000 ms", "Idempotency-Key"));
    }

    @Test
    void a_service_that_breaks_off_before_it_answers_is_answered_with_502() {
        // given
        orderService.answers(exchange -> exchange.close());

        // when
        HttpResponse<String> answer = send(to("/orders").POST(BodyPublishers.ofString("{}")));

        // then
        problem(answer, 502)
                .hasPathSatisfying("$.service", name -> name.assertThat().isEqualTo("order-service"))
                .hasPathSatisfying(
                        "$.detail", text -> text.assertThat().asString().contains("look before asking again"));
        assertThat(orderService.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000})
    void a_service_that_breaks_off_in_the_middle_is_not_taken_for_a_whole_answer(long length) {
        // given
        orderService.answers(exchange -> {
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().write(new byte[100_000]);
            exchange.getResponseBody().flush();
            throw new IllegalStateException("the service dies here, and its connection with it");
        });

        // when, then
        assertThatThrownBy(() -> get("/orders/1")).isInstanceOf(UncheckedIOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void an_unknown_path_is_answered_with_404_that_says_where_to_look(String method) {
        for (String path : new String[] {"/nowhere", "/services/no-such-service/orders", "/ordersandmore"}) {
            // when
            HttpResponse<String> answer = send(to(path).method(method, BodyPublishers.noBody()));

            // then
            problem(answer, 404)
                    .hasPathSatisfying(
                            "$.detail", text -> text.assertThat().asString().contains(path, "GET /doors"));
        }
    }

    @Test
    void a_body_of_the_largest_size_passes() {
        // when
        HttpResponse<String> answer = send(to("/orders").POST(BodyPublishers.ofByteArray(new byte[LARGEST_BODY])));

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(orderService.onlyRequest().body()).hasSize(LARGEST_BODY);
    }

    @Test
    void a_body_that_says_it_is_too_large_is_answered_with_413() {
        // when
        HttpResponse<String> answer = send(to("/orders").POST(BodyPublishers.ofByteArray(new byte[LARGEST_BODY + 1])));

        // then
        problem(answer, 413)
                .hasPathSatisfying(
                        "$.detail", text -> text.assertThat().asString().contains("1048576 bytes"));
        assertThat(orderService.received()).isEmpty();
    }

    @Test
    void a_body_that_turns_out_too_large_is_answered_with_413() {
        // given
        byte[] body = new byte[LARGEST_BODY + 1];

        // when
        HttpResponse<String> answer =
                send(to("/orders").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        // then
        problem(answer, 413);
        assertThat(orderService.received()).isEmpty();
    }

    @Test
    void a_query_that_is_no_query_is_answered_with_400() throws Exception {
        // when
        String answer = sendRaw("""
                GET /orders?userId=%zz HTTP/1.1\r
                Host: localhost\r
                Connection: close\r
                \r
                """);

        // then
        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "Correct the request");
    }

    private static JsonContentAssert problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        return assertThat(new JsonContent(answer.body()))
                .hasPathSatisfying("$.status", value -> value.assertThat().isEqualTo(status));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
