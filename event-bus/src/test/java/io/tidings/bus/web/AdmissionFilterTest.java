package io.tidings.bus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    private final AdmissionPlaces places = AdmissionPlaces.between(LEAST, MOST, ANSWER_WITHIN, time::get);
    private final Counter refused = new SimpleMeterRegistry().counter("refused");
    private final AdmissionFilter filter = new AdmissionFilter(places, backlog::get, refused, JsonMapper.shared());
    private final Visitors visitors = new Visitors(filter);

    @Test
    void who_comes_when_all_places_are_taken_is_refused_and_told_when_to_come_again() {
        // when
        List<MockHttpServletResponse> more = new ArrayList<>();
        List<Integer> others =
                visitors.postWhileInside(MOST, () -> more.add(visitors.ask("POST", "/orders", ATTENDING)));
        MockHttpServletResponse one = more.getFirst();

        // then
        assertThat(one.getStatus()).isEqualTo(REFUSED);
        assertThat(one.getHeader("Retry-After")).isIn("1", "2", "3");
        assertThat(one.getContentType()).isEqualTo("application/problem+json");
        assertThat(content(one))
                .contains("\"status\":503", "send it again in %s s".formatted(one.getHeader("Retry-After")));
        assertThat(refused.count()).isEqualTo(1);
        assertThat(others).containsOnly(ATTENDED).hasSize(MOST);
        assertThat(visitors.ask("POST", "/orders", ATTENDING).getStatus()).isEqualTo(ATTENDED);
    }

    @Test
    void those_who_are_refused_together_are_not_told_to_come_again_together() {
        // given
        backlog.set(true);
        // when
        List<String> told = Stream.generate(() -> visitors.ask("POST", "/orders", ATTENDING))
                .limit(100)
                .map(answer -> answer.getHeader("Retry-After"))
                .toList();
        // then
        assertThat(told).contains("1", "2", "3").containsOnly("1", "2", "3");
    }

    @Test
    void while_answers_take_too_long_fewer_are_let_in_but_never_none() {
        // when
        answerTenEachAfter(SLOW);
        // then
        assertThat(places.count()).isLessThan(MOST);
        // when
        IntStream.range(0, MOST).forEach(round -> answerTenEachAfter(SLOW));
        // then
        assertThat(places.count()).isEqualTo(LEAST);
        assertThat(visitors.postWhileInside(LEAST, () -> {})).containsOnly(ATTENDED);
    }

    @Test
    void as_soon_as_answers_are_fast_again_more_are_let_in_up_to_a_bound() {
        // given
        IntStream.range(0, MOST).forEach(round -> answerTenEachAfter(SLOW));
        // when
        answerTenEachAfter(FAST);
        // then
        assertThat(places.count()).isGreaterThan(LEAST);
        // when
        IntStream.range(0, MOST).forEach(round -> answerTenEachAfter(FAST));
        // then
        assertThat(places.count()).isEqualTo(MOST);
    }

    @Test
    void a_refusal_is_no_fast_answer() {
        // given
        IntStream.range(0, MOST).forEach(round -> answerTenEachAfter(SLOW));
        backlog.set(true);
        // when
        answerTenEachAfter(FAST);
        // then
        assertThat(places.count()).isEqualTo(LEAST);
    }

    @Test
    void a_request_that_fails_leaves_its_place() {
        assertThatThrownBy(() -> visitors.ask("POST", "/orders", (request, response) -> {
                    throw new IllegalStateException("It fails.");
                }))
                .hasMessage("It fails.");

        assertThat(visitors.postWhileInside(MOST, () -> {}))
                .containsOnly(ATTENDED)
                .hasSize(MOST);
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

        assertThat(visitors.ask(method, path, ATTENDING).getStatus()).isEqualTo(status);
    }

    private void answerTenEachAfter(Duration duration) {
        visitors.postWhileInside(MOST, () -> time.addAndGet(duration.toNanos()));
    }

    private static String content(MockHttpServletResponse response) {
        try {
            return response.getContentAsString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
