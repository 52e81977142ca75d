package io.tidings.bus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RefusalLaneTest {

    private static final int PLACES = 2;
    private static final int THREADS_OF_ITS_OWN = 32;
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
    void who_comes_when_all_places_are_taken_waits_for_nobody_and_has_none() {
        // given
        CompletableFuture<Boolean> first = come(this::hasPlace);
        CompletableFuture<Boolean> second = come(this::hasPlace);
        // when
        CompletableFuture<Boolean> third = come(this::hasPlace);
        // then
        assertThat(answer(third)).isFalse();
        assertThat(waiting).hasSize(PLACES);
        // when
        waiting.forEach(Runnable::run);
        // then
        assertThat(answer(first)).isTrue();
        assertThat(answer(second)).isTrue();
    }

    @Test
    void who_needs_no_place_gives_it_to_the_next() {
        // given
        come(() -> {
            RefusalLane.placeOr(Optional::empty).orElseThrow().unused();
            come(this::hasPlace);
            return true;
        });
        come(this::hasPlace);
        // when
        waiting.remove().run();
        // then
        assertThat(waiting).hasSize(PLACES);
    }

    @Test
    void a_place_is_there_for_others_when_its_request_has_ended() {
        // given
        takePlaces();
        // when
        waiting.forEach(Runnable::run);
        // then
        assertThat(freePlaces()).isEqualTo(PLACES);
    }

    @Test
    void what_follows_a_request_on_its_connection_has_yet_to_take_a_place() {
        // given
        takePlaces();
        // when
        CompletableFuture<List<Boolean>> both = come(() -> {
            boolean third = hasPlace();
            waiting.forEach(Runnable::run);
            return List.of(third, hasPlace());
        });
        // then
        assertThat(answer(both)).containsExactly(false, true);
    }

    @Test
    void who_is_not_taken_by_the_server_any_more_has_no_place() {
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

        assertThat(freePlaces()).isEqualTo(PLACES);
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

    private boolean hasPlace() {
        return RefusalLane.placeOr(places::take).isPresent();
    }

    private int freePlaces() {
        int free = 0;
        while (places.take().isPresent()) {
            free++;
        }
        return free;
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
