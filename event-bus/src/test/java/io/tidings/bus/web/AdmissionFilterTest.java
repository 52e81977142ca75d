package io.tidings.bus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
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

    private static final int LEAST = 2;
    private static final int MOST = 10;
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(250);
    private static final Duration FAST = Duration.ofMillis(250);
    private static final Duration SLOW = Duration.ofMillis(251);

    private final AtomicBoolean backlog = new AtomicBoolean();
    private final AtomicLong time = new AtomicLong();
    private final AIMDLimit places = AdmissionFilter.places(LEAST, MOST, ANSWER_WITHIN);
    private final Counter refused = new SimpleMeterRegistry().counter("refused");
    private final AdmissionFilter filter = new AdmissionFilter(
            SimpleLimiter.newBuilder().limit(places).nanoClock(time::get).build(),
            backlog::get,
            refused,
            JsonMapper.shared());

    @Test
    void who_comes_when_all_places_are_taken_is_refused_and_told_when_to_come_again() {
        // when
        MockHttpServletResponse one = new MockHttpServletResponse();
        List<Integer> others = askWhileInside(MOST, () -> askInto(one, "POST", "/orders", ATTENDING));

        // then
        assertThat(one.getStatus()).isEqualTo(REFUSED);
        assertThat(one.getHeader("Retry-After")).isEqualTo("1");
        assertThat(one.getContentType()).isEqualTo("application/problem+json");
        assertThat(content(one)).contains("\"status\":503", "send it again in 1 s");
        assertThat(refused.count()).isEqualTo(1);
        assertThat(others).containsOnly(ATTENDED).hasSize(MOST);
        assertThat(ask("POST", "/orders", ATTENDING).getStatus()).isEqualTo(ATTENDED);
    }

    @Test
    void while_answers_take_too_long_fewer_are_let_in_but_never_none() {
        // when
        answerTenEachAfter(SLOW);
        // then
        assertThat(places.getLimit()).isLessThan(MOST);
        // when
        IntStream.range(0, MOST).forEach(round -> answerTenEachAfter(SLOW));
        // then
        assertThat(places.getLimit()).isEqualTo(LEAST);
        assertThat(askWhileInside(LEAST, () -> {})).containsOnly(ATTENDED);
    }

    @Test
    void as_soon_as_answers_are_fast_again_more_are_let_in_up_to_a_bound() {
        // given
        IntStream.range(0, MOST).forEach(round -> answerTenEachAfter(SLOW));
        // when
        answerTenEachAfter(FAST);
        // then
        assertThat(places.getLimit()).isGreaterThan(LEAST);
        // when
        IntStream.range(0, MOST).forEach(round -> answerTenEachAfter(FAST));
        // then
        assertThat(places.getLimit()).isEqualTo(MOST);
    }

    @Test
    void a_refusal_is_no_fast_answer() {
        // given
        IntStream.range(0, MOST).forEach(round -> answerTenEachAfter(SLOW));
        backlog.set(true);
        // when
        answerTenEachAfter(FAST);
        // then
        assertThat(places.getLimit()).isEqualTo(LEAST);
    }

    @Test
    void a_request_that_fails_leaves_its_place() {
        assertThatThrownBy(() -> ask("POST", "/orders", (request, response) -> {
                    throw new IllegalStateException("It fails.");
                }))
                .hasMessage("It fails.");

        assertThat(askWhileInside(MOST, () -> {})).containsOnly(ATTENDED).hasSize(MOST);
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

    private void answerTenEachAfter(Duration duration) {
        askWhileInside(MOST, () -> time.addAndGet(duration.toNanos()));
    }

    /** Each asks while those before it wait for their answers. What was answered, the last one first. */
    private List<Integer> askWhileInside(int requests, Runnable whenAllAreInside) {
        if (requests == 0) {
            whenAllAreInside.run();
            return List.of();
        }
        List<Integer> statuses = new ArrayList<>();
        Runnable others = () -> statuses.addAll(askWhileInside(requests - 1, whenAllAreInside));
        int status = ask("POST", "/orders", (request, response) -> others.run()).getStatus();
        if (status == REFUSED) {
            others.run();
        }
        statuses.add(status);
        return statuses;
    }

    private MockHttpServletResponse ask(String method, String path, FilterChain chain) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        askInto(response, method, path, chain);
        return response;
    }

    private void askInto(MockHttpServletResponse response, String method, String path, FilterChain chain) {
        try {
            filter.doFilter(new MockHttpServletRequest(method, path), response, chain);
        } catch (IOException | ServletException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String content(MockHttpServletResponse response) {
        try {
            return response.getContentAsString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
