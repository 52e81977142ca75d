package io.tidings.bus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.notes.BusTest;
import io.tidings.bus.operations.Cleaner;
import io.tidings.bus.web.IdempotencyKeys.Answered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.ErrorResponseException;

@BusTest
class IdempotencyKeysTest {

    private record Request(String text) {}

    private record Answer(UUID id, Instant at, @Nullable String remark) {

        static Answer any() {
            return new Answer(UUID.randomUUID(), Instant.parse("2026-11-28T12:00:00.123456789Z"), null);
        }
    }

    @Autowired
    IdempotencyKeys keys;

    @Autowired
    Cleaner cleaner;

    @Autowired
    JdbcTemplate jdbc;

    private final String user = UUID.randomUUID().toString();

    @Test
    void asked_again_the_answer_is_the_first_one_to_the_last_digit() {
        Answered<Answer> first = ask(user, "key", "tea");
        Answered<Answer> again = ask(user, "key", "tea");

        assertThat(first.isNew()).isTrue();
        assertThat(again).isEqualTo(new Answered<>(first.answer(), false));
    }

    @Test
    void without_a_key_the_work_is_done_each_time() {
        assertThat(ask(user, null, "tea").isNew()).isTrue();
        assertThat(ask(user, null, "tea").isNew()).isTrue();
    }

    @Test
    void the_same_key_of_someone_else_is_another_key() {
        ask(user, "key", "tea");

        assertThat(ask(user + "k", "ey", "tea").isNew()).isTrue();
        assertThat(ask(UUID.randomUUID().toString(), "key", "coffee").isNew()).isTrue();
    }

    @Test
    void asked_for_something_else_the_answer_is_no() {
        ask(user, "key", "tea");

        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(() -> ask(user, "key", "coffee"))
                .satisfies(refused -> {
                    assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
                    assertThat(refused.getBody().getDetail())
                            .isEqualTo("Idempotency-Key: was used for another request; use a new key");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 129})
    void a_key_is_of_bounded_length(int length) {
        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(() -> ask(user, "k".repeat(length), "tea"))
                .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST));
    }

    @Test
    void a_key_and_its_owner_may_be_as_long_as_they_like() {
        String owner = "o".repeat(10_000) + user;

        assertThat(ask(owner, "k".repeat(128), "tea").isNew()).isTrue();
        assertThat(ask(owner, "k".repeat(128), "tea").isNew()).isFalse();
    }

    @Test
    void a_key_under_which_the_work_failed_is_free_for_another_request() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ask(user, "key", "tea", () -> {
                    throw new IllegalStateException("There is no tea.");
                }));

        assertThat(ask(user, "key", "coffee").isNew()).isTrue();
    }

    @Test
    void asked_by_many_at_once_the_work_is_done_once() throws Exception {
        Callable<Answered<Answer>> call = () -> ask(user, "key", "tea");

        List<Answered<Answer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            for (Future<Answered<Answer>> answer : callers.invokeAll(Collections.nCopies(24, call))) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).extracting(Answered::isNew).containsOnlyOnce(true);
        assertThat(answers)
                .extracting(Answered::answer)
                .containsOnly(answers.getFirst().answer());
    }

    @Test
    void who_waited_for_work_that_failed_does_it() throws Exception {
        CountDownLatch secondWaits = new CountDownLatch(1);
        CountDownLatch firstWorks = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
            Future<?> first = callers.submit(() -> ask(user, "key", "tea", () -> {
                firstWorks.countDown();
                awaitOpen(secondWaits);
                throw new IllegalStateException("There is no tea.");
            }));
            awaitOpen(firstWorks);
            Future<Answered<Answer>> second = callers.submit(() -> ask(user, "key", "tea"));

            await().until(() -> waitingForAKey() == 1);
            secondWaits.countDown();

            assertThat(second.get().isNew()).isTrue();
            assertThat(first)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining("no tea");
        }
        assertThat(ask(user, "key", "tea").isNew()).isFalse();
    }

    @Test
    void what_is_older_than_it_is_to_be_remembered_is_forgotten() {
        ask(user, "old", "tea");
        jdbc.update("update idempotency_key set created_at = now() - interval '14 days 1 minute'");
        jdbc.update("""
                insert into inbox (event_id, received_at)
                select gen_random_uuid(), now() - interval '14 days 1 minute' from generate_series(1, 10001)
                """);
        ask(user, "young", "tea");
        UUID young = UUID.randomUUID();
        jdbc.update("insert into inbox (event_id, received_at) values (?, now() - interval '13 days 23 hours')", young);

        cleaner.clean();

        assertThat(ask(user, "young", "tea").isNew()).isFalse();
        assertThat(ask(user, "old", "tea").isNew()).isTrue();
        assertThat(count("select count(*) from inbox where received_at < now() - interval '14 days'"))
                .isZero();
        assertThat(count("select count(*) from inbox where event_id = '%s'".formatted(young)))
                .isOne();
    }

    private Answered<Answer> ask(String owner, @Nullable String key, String text) {
        return ask(owner, key, text, Answer::any);
    }

    private Answered<Answer> ask(String owner, @Nullable String key, String text, Supplier<Answer> work) {
        return keys.once(owner, key, new Request(text), Answer.class, work);
    }

    private static void awaitOpen(CountDownLatch latch) {
        await().until(() -> latch.getCount() == 0);
    }

    private long waitingForAKey() {
        return count("""
                select count(*) from pg_stat_activity
                where wait_event_type = 'Lock' and datname = current_database() and query like '%idempotency_key%'
                """);
    }

    private long count(String query) {
        Long found = jdbc.queryForObject(query, Long.class);
        return found == null ? 0 : found;
    }
}
