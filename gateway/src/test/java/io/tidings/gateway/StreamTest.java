package io.tidings.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest extends GatewayTest {

    private static final String END = "end";

    private final BlockingQueue<String> events = new ArrayBlockingQueue<>(1_000);
    private final AtomicBoolean ended = new AtomicBoolean();

    @BeforeEach
    void the_service_streams_events() {
        orderService.answers(this::stream);
    }

    @AfterEach
    void the_stream_ends() {
        events.add(END);
    }

    @Test
    void an_event_arrives_while_the_stream_is_open() throws Exception {
        // given
        HttpResponse<InputStream> answer = send(to("/orders/stream"), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader stream = linesOf(answer)) {
            for (String event : new String[] {"one", "two", "three"}) {
                // when
                events.add(event);

                // then
                assertThat(stream.readLine()).isEqualTo("data: " + event);
                assertThat(stream.readLine()).isEmpty();
            }
        }
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    }

    @Test
    void a_stream_may_last_longer_than_an_answer_may_take_to_begin() throws Exception {
        // given
        Duration longer = Duration.ofMillis(2_500);
        HttpResponse<InputStream> answer = send(to("/orders/stream"), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader stream = linesOf(answer)) {
            // when
            await().during(longer).atMost(longer.multipliedBy(3)).until(() -> !ended.get());
            events.add("late");

            // then
            assertThat(stream.readLine()).isEqualTo("data: late");
        }
    }

    @Test
    void when_the_caller_leaves_the_service_is_let_go() throws Exception {
        // given
        try (Socket caller = connect()) {
            caller.getOutputStream()
                    .write("GET /orders/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(caller.getInputStream().readNBytes(12)).isEqualTo("HTTP/1.1 200".getBytes());
        }

        // when, then
        await().atMost(Duration.ofSeconds(10)).until(() -> ended.get() || !events.offer("anybody there?"));
        await().atMost(Duration.ofSeconds(10)).untilTrue(ended);
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        try (exchange) {
            for (String event = events.take(); !event.equals(END); event = events.take()) {
                exchange.getResponseBody().write("data: %s\n\n".formatted(event).getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            ended.set(true);
        }
    }

    private static BufferedReader linesOf(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }
}
