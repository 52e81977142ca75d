package io.tidings.bus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class AdmissionFilterTest {

    private static final int ATTENDED = 200;
    private static final int REFUSED = 503;
    private static final FilterChain ATTENDING = (request, response) -> {};

    private final AtomicBoolean backlog = new AtomicBoolean();
    private final AdmissionFilter filter = new AdmissionFilter(1, backlog::get, JsonMapper.shared());

    @Test
    void who_comes_when_all_places_are_taken_is_refused_and_told_when_to_come_again() throws Exception {
        // given
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<MockHttpServletResponse> first = threads.submit(() -> ask("POST", "/orders", (request, response) -> {
                inside.countDown();
                await(leave);
            }));
            await(inside);

            // when
            MockHttpServletResponse second = ask("POST", "/orders", ATTENDING);

            // then
            assertThat(second.getStatus()).isEqualTo(REFUSED);
            assertThat(second.getHeader("Retry-After")).isEqualTo("1");
            assertThat(second.getContentType()).isEqualTo("application/problem+json");
            assertThat(second.getContentAsString()).contains("\"status\":503", "send it again in 1 s");
            leave.countDown();
            assertThat(first.get().getStatus()).isEqualTo(ATTENDED);
        }
        assertThat(ask("POST", "/orders", ATTENDING).getStatus()).isEqualTo(ATTENDED);
    }

    @Test
    void a_request_that_fails_leaves_its_place() {
        assertThatThrownBy(() -> ask("POST", "/orders", (request, response) -> {
                    throw new IllegalStateException("It fails.");
                }))
                .hasMessage("It fails.");

        assertThat(ask("POST", "/orders", ATTENDING).getStatus()).isEqualTo(ATTENDED);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /orders, 503",
        "POST, /orders/1/cancel, 503",
        "GET, /orders/1, 200",
        "PUT, /users/1/profile, 200",
        "DELETE, /users/1, 200",
        "POST, /dead-letters/redrive, 200",
        "POST, /replays, 200"
    })
    void while_too_much_waits_to_leave_only_what_begins_more_is_refused(String method, String path, int status) {
        backlog.set(true);

        assertThat(ask(method, path, ATTENDING).getStatus()).isEqualTo(status);
    }

    private MockHttpServletResponse ask(String method, String path, FilterChain chain) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            filter.doFilter(new MockHttpServletRequest(method, path), response, chain);
        } catch (IOException | ServletException failure) {
            throw new IllegalStateException(failure);
        }
        return response;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
