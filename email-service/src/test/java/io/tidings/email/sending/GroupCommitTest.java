package io.tidings.email.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final List<List<String>> transactions = new CopyOnWriteArrayList<>();

    @Test
    void who_comes_alone_has_a_transaction_alone() {
        GroupCommit<String> commits = new GroupCommit<>(transactions::add);

        commits.commit("a");
        commits.commit("b");

        assertThat(transactions).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void those_who_come_while_a_transaction_is_under_way_share_the_next_one() throws Exception {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        GroupCommit<String> commits = new GroupCommit<>(items -> {
            awaitQuietly(firstMayEnd);
            transactions.add(items);
        });
        Thread first = Thread.startVirtualThread(() -> commits.commit("first"));
        await().until(() -> waits(first));
        List<Thread> others = IntStream.range(0, 20)
                .mapToObj(number -> Thread.startVirtualThread(() -> commits.commit("other " + number)))
                .toList();
        await().until(() -> others.stream().allMatch(GroupCommitTest::waits));

        firstMayEnd.countDown();
        first.join();
        for (Thread other : others) {
            other.join();
        }

        assertThat(transactions).hasSize(2);
        assertThat(transactions.getFirst()).containsExactly("first");
        assertThat(transactions.getLast()).hasSize(20).doesNotHaveDuplicates();
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    @Test
    void one_that_fails_fails_alone() {
        GroupCommit<String> commits = new GroupCommit<>(items -> {
            if (items.contains("bad")) {
                throw new IllegalArgumentException("bad");
            }
            transactions.add(items);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> bad = CompletableFuture.runAsync(() -> commits.commit("bad"), threads);
            List<CompletableFuture<Void>> good = IntStream.range(0, 20)
                    .mapToObj(number -> CompletableFuture.runAsync(() -> commits.commit("good " + number), threads))
                    .toList();

            good.forEach(CompletableFuture::join);
            assertThatThrownBy(bad::join).hasRootCauseInstanceOf(IllegalArgumentException.class);
        }

        assertThat(transactions.stream().flatMap(List::stream)).hasSize(20).doesNotHaveDuplicates();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
