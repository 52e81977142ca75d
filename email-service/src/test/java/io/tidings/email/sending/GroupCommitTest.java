package io.tidings.email.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final List<List<String>> committed = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    @Test
    void who_comes_alone_has_a_transaction_alone() {
        GroupCommit<String> commits = new GroupCommit<>(committed::add);

        commits.commit("a");
        commits.commit("b");

        assertThat(committed).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void those_who_come_while_a_transaction_is_under_way_share_the_next_one() {
        List<Call> calls = allBehindTheFirst(items -> {}, "a", "b", "c");

        assertThat(calls).allSatisfy(Call::returned);
        assertThat(committed).hasSize(2);
        assertThat(committed.getFirst()).containsExactly("first");
        assertThat(committed.getLast()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void one_that_fails_in_company_fails_alone() {
        List<Call> calls = allBehindTheFirst(
                items -> {
                    if (items.contains("bad")) {
                        throw new IllegalArgumentException("bad");
                    }
                },
                "a",
                "bad",
                "b");

        calls.get(0).returned();
        calls.get(1).threw(IllegalArgumentException.class);
        calls.get(2).returned();
        assertThat(committed.stream().flatMap(List::stream)).containsExactlyInAnyOrder("first", "a", "b");
    }

    /** Otherwise a mail would pass for noted that is not, and be sent again. */
    @Test
    void nobody_passes_for_committed_whose_company_met_an_error() {
        List<Call> calls = allBehindTheFirst(
                items -> {
                    if (items.size() > 1) {
                        throw new OutOfMemoryError("for the test");
                    }
                },
                "a",
                "b",
                "c");

        List<String> returned = calls.stream()
                .filter(call -> call.end().isDone() && !call.end().isCompletedExceptionally())
                .map(Call::item)
                .toList();
        assertThat(committed.stream().flatMap(List::stream)).containsAll(returned);
        assertThat(returned).hasSizeGreaterThanOrEqualTo(2);
    }

    /** With a database that is away each try takes long: tried one after another, they would hold up all. */
    @Test
    void those_whose_company_failed_are_tried_side_by_side() {
        CountDownLatch allAreTried = new CountDownLatch(3);
        List<Call> calls = allBehindTheFirst(
                items -> {
                    if (items.size() > 1) {
                        throw new IllegalStateException("in company");
                    }
                    if (!items.contains("first")) {
                        allAreTried.countDown();
                        require(allAreTried);
                    }
                },
                "a",
                "b",
                "c");

        assertThat(calls).allSatisfy(Call::returned);
    }

    /** One caller, and how its call ended. */
    private record Call(String item, Thread thread, CompletableFuture<Void> end) {

        void returned() {
            assertThat(end).as(item).isCompleted();
        }

        void threw(Class<? extends Throwable> failure) {
            assertThatThrownBy(end::join).as(item).hasCauseInstanceOf(failure);
        }
    }

    /** Lets callers come while a first one's transaction is under way, and returns when all calls have ended. */
    private List<Call> allBehindTheFirst(Consumer<List<String>> transaction, String... items) {
        GroupCommit<String> commits = new GroupCommit<>(all -> {
            if (all.contains("first")) {
                require(firstMayEnd);
            }
            transaction.accept(all);
            committed.add(all);
        });
        Call first = call(commits, "first");
        awaitParked(first);
        List<Call> calls = Stream.of(items)
                .map(item -> {
                    Call call = call(commits, item);
                    awaitParked(call);
                    return call;
                })
                .toList();
        firstMayEnd.countDown();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> calls.stream().allMatch(call -> call.end().isDone()));
        first.returned();
        return calls;
    }

    private static Call call(GroupCommit<String> commits, String item) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                commits.commit(item);
                end.complete(null);
            } catch (Throwable failure) {
                end.completeExceptionally(failure);
            }
        });
        return new Call(item, thread, end);
    }

    private static void awaitParked(Call call) {
        await().until(() -> call.thread().getState() == Thread.State.WAITING
                || call.thread().getState() == Thread.State.TIMED_WAITING);
    }

    private static void require(CountDownLatch latch) {
        try {
            if (!latch.await(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Not everyone came.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
