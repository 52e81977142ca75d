package io.tidings.bus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RefusalLaneTest {

    private static final int PLACES = 2;
    private static final int THREADS_OF_ITS_OWN = 8;
    private static final long PATIENCE_SECONDS = 20;

    private final AdmissionPlaces places = AdmissionPlaces.between(PLACES, PLACES, Duration.ofHours(1));
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final RefusalLane lane = new RefusalLane(waiting::add, places);

    @Test
    void while_there_are_places_requests_wait_for_the_threads_of_the_server() {
        takePlaces();

        assertThat(waiting).hasSize(PLACES);
    }

    @Test
    void who_comes_when_all_places_are_gone_waits_for_nobody_and_takes_no_place_that_is_kept() {
        // given
        CompletableFuture<Boolean> first = come(() -> places.take().isPresent());
        CompletableFuture<Boolean> second = come(() -> places.take().isPresent());
        // when
        CompletableFuture<Boolean> overtaking = come(() -> places.take().isPresent());
        // then
        assertThat(answer(overtaking)).isFalse();
        assertThat(waiting).hasSize(PLACES);
        // when
        waiting.forEach(Runnable::run);
        // then
        assertThat(answer(first)).isTrue();
        assertThat(answer(second)).isTrue();
    }

    @Test
    void a_place_is_kept_until_its_request_has_said_that_it_needs_none() {
        // given
        come(() -> {
            places.takeNone();
            return come(() -> true);
        });
        come(() -> true);
        // when
        waiting.remove().run();
        // then: the one that came in the meantime waits for a thread of the server, since there was a place for it
        assertThat(waiting).hasSize(PLACES);
    }

    @Test
    void a_place_that_was_kept_is_there_for_others_when_its_request_has_ended() {
        // given
        takePlaces();
        // when
        waiting.forEach(Runnable::run);
        // then
        assertThat(places.areGone()).isFalse();
        assertThat(places.take()).isPresent();
    }

    @Test
    void a_place_that_was_taken_is_not_kept_as_well() {
        // when
        come(places::take);
        waiting.remove().run();
        // then
        assertThat(places.areGone()).isFalse();
    }

    @Test
    void a_place_is_kept_for_nobody_whom_the_server_does_not_take_any_more() {
        RefusalLane ofClosedServer = new RefusalLane(
                request -> {
                    throw new RejectedExecutionException("closed");
                },
                places);

        for (int request = 0; request < PLACES; request++) {
            assertThatThrownBy(() -> ofClosedServer.execute(() -> {}))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage("closed");
        }

        assertThat(places.areGone()).isFalse();
    }

    @Test
    void who_comes_when_its_own_threads_are_in_use_too_waits_for_those_of_the_server() {
        // given
        takePlaces();
        CountDownLatch over = new CountDownLatch(1);
        for (int thread = 0; thread < THREADS_OF_ITS_OWN; thread++) {
            come(() -> await(over));
        }
        // when
        CompletableFuture<Boolean> last = come(() -> true);
        // then
        assertThat(last).isNotDone();
        assertThat(waiting).hasSize(PLACES + 1);
        over.countDown();
    }

    private void takePlaces() {
        for (int place = 0; place < PLACES; place++) {
            come(() -> true);
        }
    }

    private <T> CompletableFuture<T> come(Supplier<T> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        lane.execute(() -> answer.complete(request.get()));
        return answer;
    }

    private static <T> T answer(CompletableFuture<T> request) {
        return request.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
