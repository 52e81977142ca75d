package io.tidings.bus.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tidings.bus.EventBus;
import io.tidings.bus.flow.Flow;
import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.bus.notes.Notebooks;
import io.tidings.infrastructure.test.Topic;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@BusTest
class SharedTransactionsTest {

    private static final Topic NOTES = new Topic("notes");

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    EventBus eventBus;

    @Autowired
    Notebooks notebooks;

    private final List<Integer> sizes = new CopyOnWriteArrayList<>();

    @Test
    void who_asks_while_another_is_under_way_shares_the_next_transaction() throws Exception {
        List<Asked> asked = atOnce(sharing(1, 50), this::transaction, this::transaction, this::transaction);

        Set<String> used = new HashSet<>();
        for (Asked each : asked) {
            used.add(each.answer());
        }
        assertThat(used).hasSize(1);
        assertThat(sizes).containsExactly(1, 3);
    }

    @Test
    void each_is_answered_what_it_has_asked_for() throws Exception {
        List<Asked> asked = atOnce(sharing(1, 50), () -> "tea", () -> "coffee", () -> "water");

        assertThat(asked.get(0).answer()).isEqualTo("tea");
        assertThat(asked.get(1).answer()).isEqualTo("coffee");
        assertThat(asked.get(2).answer()).isEqualTo("water");
    }

    @Test
    void what_they_have_in_common_is_done_once() throws Exception {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        List<List<String>> lookedUp = new CopyOnWriteArrayList<>();
        Function<String, String> weighing = new SharedTransactions(transactions, 1, 50, Duration.ZERO, sizes::add)
                .of(
                        names -> {
                            lookedUp.add(names);
                            return names.size();
                        },
                        (name, size) -> name.equals("first") ? waitFor(firstMayEnd) : name + " of " + size);

        Asked first = ask(() -> weighing.apply("first"));
        first.awaitWaiting();
        Asked tea = ask(() -> weighing.apply("tea"));
        tea.awaitWaiting();
        Asked coffee = ask(() -> weighing.apply("coffee"));
        coffee.awaitWaiting();
        firstMayEnd.countDown();

        assertThat(first.answer()).isEqualTo("waited");
        assertThat(tea.answer()).isEqualTo("tea of 2");
        assertThat(coffee.answer()).isEqualTo("coffee of 2");
        assertThat(lookedUp).containsExactly(List.of("first"), List.of("tea", "coffee"));
    }

    @Test
    void no_more_share_a_transaction_than_may() throws Exception {
        List<Asked> asked = atOnce(
                sharing(1, 2),
                this::transaction,
                this::transaction,
                this::transaction,
                this::transaction,
                this::transaction);

        for (Asked each : asked) {
            each.answer();
        }
        assertThat(sizes).containsExactly(1, 2, 2, 1);
    }

    @Test
    void who_asks_while_there_is_room_waits_for_nobody() throws Exception {
        Function<Supplier<String>, String> sharing = sharing(2, 50);
        CountDownLatch end = new CountDownLatch(1);
        Asked another = ask(() -> sharing.apply(() -> waitFor(end)));
        another.awaitWaiting();

        assertThat(ask(() -> sharing.apply(this::transaction)).answer()).isNotEmpty();

        end.countDown();
        another.answer();
        assertThat(sizes).containsExactly(1, 1);
    }

    @Test
    void who_comes_right_behind_several_waits_for_more() throws Exception {
        Function<Supplier<String>, String> sharing = behindSeveral(50, Duration.ofSeconds(5));

        Asked tea = ask(() -> sharing.apply(this::transaction));
        Asked coffee = ask(() -> sharing.apply(this::transaction));

        assertThat(tea.answer()).isEqualTo(coffee.answer());
        assertThat(sizes).containsExactly(1, 2, 2);
    }

    @Test
    void who_comes_right_behind_one_that_came_by_itself_waits_for_nobody() throws Exception {
        Function<Supplier<String>, String> sharing = resting(50, Duration.ofDays(1));
        assertThat(sharing.apply(this::transaction)).isNotEmpty();

        assertThat(ask(() -> sharing.apply(this::transaction)).answer()).isNotEmpty();

        assertThat(sizes).containsExactly(1, 1);
    }

    @Test
    void nobody_waits_for_more_than_may_share() throws Exception {
        Function<Supplier<String>, String> sharing = behindSeveral(2, Duration.ofDays(1));

        Asked tea = ask(() -> sharing.apply(this::transaction));
        tea.awaitWaiting();
        Asked coffee = ask(() -> sharing.apply(this::transaction));

        assertThat(tea.answer()).isEqualTo(coffee.answer());
    }

    @Test
    void where_nobody_may_share_nobody_waits() throws Exception {
        Function<Supplier<String>, String> sharing = sharing(1, 1);
        CountDownLatch end = new CountDownLatch(1);
        Asked another = ask(() -> sharing.apply(() -> waitFor(end)));
        another.awaitWaiting();

        assertThat(ask(() -> sharing.apply(this::transaction)).answer()).isNotEmpty();

        end.countDown();
        another.answer();
    }

    @Test
    void within_a_transaction_it_is_that_one() {
        transactions.executeWithoutResult(own -> {
            String before = transaction();
            assertThat(sharing(1, 50).apply(this::transaction)).isEqualTo(before);
        });
    }

    @Test
    void what_each_publishes_belongs_to_its_own_flow() throws Exception {
        String notebook = notebooks.anyName();
        Function<Supplier<String>, String> sharing = sharing(1, 50);

        List<Asked> asked = together(
                sharing,
                () -> inFlow("flow-of-tea", () -> sharing.apply(() -> publish(notebook, 1))),
                () -> inFlow("flow-of-coffee", () -> sharing.apply(() -> publish(notebook, 2))));
        for (Asked each : asked) {
            each.answer();
        }

        notebooks.awaitApplied(notebook, 1, 2);
        assertThat(sizes).containsExactly(1, 2);
        assertThat(NOTES.recordsOf(notebook))
                .extracting(told -> Topic.header(told, "ce_correlationid"))
                .containsExactly("flow-of-tea", "flow-of-coffee");
    }

    @Test
    void who_fails_fails_alone() throws Exception {
        String tea = notebooks.anyName();
        String coffee = notebooks.anyName();
        String water = notebooks.anyName();

        List<Asked> asked = atOnce(
                sharing(1, 50),
                () -> open(tea),
                () -> {
                    open(coffee);
                    throw new IllegalStateException("There is no coffee.");
                },
                () -> open(water));

        assertThat(asked.get(0).answer()).isEqualTo(tea);
        assertThat(asked.get(1).failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There is no coffee.");
        assertThat(asked.get(2).answer()).isEqualTo(water);
        assertThat(List.of(isOpen(tea), isOpen(coffee), isOpen(water))).containsExactly(true, false, true);
    }

    @Test
    void whom_an_error_stops_stops_nobody_else() throws Exception {
        String tea = notebooks.anyName();

        List<Asked> asked = atOnce(
                sharing(1, 50),
                () -> {
                    throw new StackOverflowError();
                },
                () -> open(tea));

        assertThat(asked.get(0).failure()).isInstanceOf(StackOverflowError.class);
        assertThat(asked.get(1).answer()).isEqualTo(tea);
        assertThat(isOpen(tea)).isTrue();
    }

    @Test
    void a_statement_that_fails_fails_for_its_own_work_alone() throws Exception {
        assertThatWhatIsOpenAlreadyFailsAlone(this::open);
    }

    @Test
    void a_change_that_fails_just_before_the_commit_fails_for_its_own_work_alone() throws Exception {
        assertThatWhatIsOpenAlreadyFailsAlone(this::openBeforeTheCommit);
    }

    private void assertThatWhatIsOpenAlreadyFailsAlone(UnaryOperator<String> opening) throws Exception {
        String tea = notebooks.anyName();
        String twice = notebooks.anyName();
        open(twice);

        List<Asked> asked = atOnce(sharing(1, 50), () -> open(tea), () -> opening.apply(twice));

        assertThat(asked.get(0).answer()).isEqualTo(tea);
        assertThat(asked.get(1).failure()).isInstanceOf(DuplicateKeyException.class);
        assertThat(isOpen(tea)).isTrue();
    }

    @Test
    void who_wants_a_rollback_gets_it_alone() throws Exception {
        String tea = notebooks.anyName();
        String coffee = notebooks.anyName();

        List<Asked> asked = atOnce(sharing(1, 50), () -> open(tea), () -> {
            transactions.executeWithoutResult(shared -> {
                open(coffee);
                shared.setRollbackOnly();
            });
            return coffee;
        });

        assertThat(asked.get(0).answer()).isEqualTo(tea);
        assertThat(asked.get(1).failure()).isInstanceOf(UnexpectedRollbackException.class);
        assertThat(List.of(isOpen(tea), isOpen(coffee))).containsExactly(true, false);
    }

    @Test
    void of_a_commit_that_fails_all_are_told_and_nothing_is_done_again() throws Exception {
        String name = notebooks.anyName();
        List<String> done = new CopyOnWriteArrayList<>();
        jdbc.execute("create table once (name text unique deferrable initially deferred)");
        try {
            Supplier<String> work = () -> {
                done.add(transaction());
                jdbc.update("insert into once values (?)", name);
                return name;
            };

            List<Asked> asked = atOnce(sharing(1, 50), work, work);

            assertThat(asked.get(0).failure()).isInstanceOf(DataIntegrityViolationException.class);
            assertThat(asked.get(1).failure()).isInstanceOf(DataIntegrityViolationException.class);
            assertThat(done).hasSize(2);
        } finally {
            jdbc.execute("drop table once");
        }
    }

    @Test
    void while_there_is_no_connection_nobody_waits_for_one_twice() throws Exception {
        HikariConfig ofOne = new HikariConfig();
        dataSource.unwrap(HikariDataSource.class).copyStateTo(ofOne);
        ofOne.setMaximumPoolSize(1);
        ofOne.setConnectionTimeout(2_000);
        try (HikariDataSource pool = new HikariDataSource(ofOne);
                Connection taken = pool.getConnection()) {
            Function<Supplier<String>, String> sharing = new SharedTransactions(
                            new TransactionTemplate(new JdbcTransactionManager(pool)), 1, 50, Duration.ZERO, sizes::add)
                    .of(List::size, (work, size) -> work.get());

            Asked first = ask(() -> sharing.apply(this::transaction));
            await().until(() -> !sizes.isEmpty());
            Asked second = ask(() -> sharing.apply(this::transaction));

            assertThat(first.failure()).isInstanceOf(CannotCreateTransactionException.class);
            assertThat(second.failure()).isSameAs(first.failure());
            assertThat(taken.isClosed()).isFalse();
        }
        assertThat(sizes).containsExactly(1);
    }

    @Test
    void who_shares_with_nobody_fails_as_without_sharing() {
        List<String> done = new ArrayList<>();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> sharing(1, 50).apply(() -> {
                    done.add(transaction());
                    throw new IllegalStateException("There is no tea.");
                }))
                .withMessage("There is no tea.");

        assertThat(done).hasSize(1);
    }

    private Function<Supplier<String>, String> sharing(int concurrency, int maximumBatch) {
        return new SharedTransactions(transactions, concurrency, maximumBatch, Duration.ZERO, sizes::add)
                .of(List::size, (work, size) -> work.get());
    }

    private Function<Supplier<String>, String> resting(int maximumBatch, Duration rest) {
        return new SharedTransactions(transactions, 1, maximumBatch, rest, sizes::add)
                .of(List::size, (work, size) -> work.get());
    }

    /** At rest: two have just shared a transaction. */
    private Function<Supplier<String>, String> behindSeveral(int maximumBatch, Duration rest) throws Exception {
        Function<Supplier<String>, String> sharing = resting(maximumBatch, rest);
        for (Asked each : atOnce(sharing, this::transaction, this::transaction)) {
            each.answer();
        }
        return sharing;
    }

    /** Asks for each, in that order, while another has the only turn. */
    @SafeVarargs
    private List<Asked> atOnce(Function<Supplier<String>, String> sharing, Supplier<String>... works) {
        List<Callable<String>> calls = new ArrayList<>();
        for (Supplier<String> work : works) {
            calls.add(() -> sharing.apply(work));
        }
        return together(sharing, calls);
    }

    @SafeVarargs
    private List<Asked> together(Function<Supplier<String>, String> sharing, Callable<String>... calls) {
        return together(sharing, List.of(calls));
    }

    private List<Asked> together(Function<Supplier<String>, String> sharing, List<Callable<String>> calls) {
        CountDownLatch end = new CountDownLatch(1);
        Asked another = ask(() -> sharing.apply(() -> waitFor(end)));
        another.awaitWaiting();
        List<Asked> asked = new ArrayList<>();
        for (Callable<String> call : calls) {
            Asked next = ask(call);
            next.awaitWaiting();
            asked.add(next);
        }
        end.countDown();
        return asked;
    }

    private static Asked ask(Callable<String> call) {
        FutureTask<String> task = new FutureTask<>(call);
        return new Asked(task, Thread.ofPlatform().daemon().start(task));
    }

    /** Who has asked, and what becomes of it. */
    private record Asked(FutureTask<String> task, Thread thread) {

        void awaitWaiting() {
            await().until(() ->
                    thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        }

        String answer() throws Exception {
            return task.get(30, TimeUnit.SECONDS);
        }

        Throwable failure() throws Exception {
            try {
                throw new AssertionError("It was to fail, and answered " + answer() + ".");
            } catch (ExecutionException failed) {
                return failed.getCause();
            }
        }
    }

    private static String waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return "waited";
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("Was interrupted.", stopped);
        }
    }

    /** The name of the current transaction. */
    private String transaction() {
        return jdbc.queryForObject("select pg_current_xact_id()::text", String.class);
    }

    private String publish(String notebook, int page) {
        eventBus.publish(new NoteTaken(notebook, page, "together"));
        return notebook;
    }

    private static String inFlow(String name, Supplier<String> work) {
        List<String> found = new ArrayList<>();
        Flow.begin(name, null).run(() -> found.add(work.get()));
        return found.getFirst();
    }

    private String open(String notebook) {
        jdbc.update("insert into notebook (id, page) values (?, 0)", notebook);
        return notebook;
    }

    /** As a unit of work does, or a persistence context. */
    private String openBeforeTheCommit(String notebook) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                open(notebook);
            }
        });
        return notebook;
    }

    private boolean isOpen(String notebook) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select exists (select from notebook where id = ?)", Boolean.class, notebook));
    }
}
