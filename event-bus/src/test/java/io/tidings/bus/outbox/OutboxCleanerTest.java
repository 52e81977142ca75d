package io.tidings.bus.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.notes.BusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

@BusTest
class OutboxCleanerTest {

    /** An index page has room for some 370 messages, so what is left of these takes 40 pages. */
    private static final int MANY = 15_000;

    private static final int FEW_PAGES = 10;

    @Autowired
    Outbox outbox;

    @Autowired
    OutboxRelay relay;

    @Autowired
    OutboxCleaner cleaner;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    TransactionTemplate transactions;

    @BeforeEach
    void turnsAreTakenByHand() {
        cleaner.stop();
        outbox.cleanUp();
    }

    @AfterEach
    void turnsAreTakenAgain() {
        cleaner.start();
    }

    @Test
    void a_look_stays_short_however_much_has_passed_through_the_outbox() {
        relay(MANY);
        awaitRemains(
                MANY); // a turn in the midst of them would leave the later ones, which are not worth one of their own

        cleaner.start();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(pagesOfALook())
                        .as("pages that a look goes through, of some 40 that the messages took")
                        .isLessThan(FEW_PAGES));
    }

    @Test
    void what_a_long_transaction_holds_back_is_not_tried_again_each_second() throws SQLException {
        try (Connection longTransaction = dataSource.getConnection()) {
            longTransaction.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            longTransaction.setAutoCommit(false);
            try (Statement statement = longTransaction.createStatement()) {
                statement.execute("select from outbox");
            }
            relay(MANY);
            awaitRemains(MANY);

            long before = cleanings();
            for (int turn = 0; turn < 5; turn++) {
                cleaner.turn();
            }

            assertThat(cleanings() - before)
                    .as("attempts in five turns, of which none can clean anything up")
                    .isEqualTo(1);
            longTransaction.rollback();
        }
        outbox.cleanUp();
        cleaner.turn();
        relay(MANY);
        awaitRemains(MANY);

        cleaner.turn();

        assertThat(outbox.remains())
                .as("messages left to clean up, once nobody holds them back")
                .isLessThan(MANY);
    }

    /** A vacuum would go through all that waits each time, to free a small part. */
    @Test
    void an_outbox_in_which_more_waits_than_was_removed_is_left_alone() {
        relay.stop();
        try {
            write(MANY);
            remove(MANY / 3);
            await().atMost(Duration.ofSeconds(20)).until(() -> removedByCount() >= MANY / 3);

            assertThat(outbox.remains()).isZero();
        } finally {
            jdbc.update("delete from outbox");
            relay.start();
        }
    }

    @Test
    void an_outbox_is_cleaned_up_by_connections_that_do_not_commit_by_themselves_too() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            long before = cleanings();

            new Outbox(new JdbcTemplate(new SingleConnectionDataSource(connection, true))).cleanUp();

            assertThat(connection.getAutoCommit()).isFalse();
            await().until(() -> cleanings() > before);
        }
    }

    private void write(int messages) {
        for (int written = 0; written < messages; written += 1_000) {
            transactions.executeWithoutResult(transaction -> outbox.add(UnreadMessages.some(1_000)));
        }
    }

    private void remove(int messages) {
        transactions.executeWithoutResult(transaction -> outbox.remove(outbox.oldest(messages, Set.of()).stream()
                .map(OutboxMessage::id)
                .toList()));
    }

    /** Returns when the broker has all of them. */
    private void relay(int messages) {
        write(messages);
        relay.wake();
        await().atMost(Duration.ofSeconds(60)).until(() -> outbox.count(1) == 0);
    }

    /** PostgreSQL counts them a moment later. */
    private void awaitRemains(long messages) {
        await().atMost(Duration.ofSeconds(20)).until(() -> outbox.remains() >= messages);
    }

    /** Within a transaction, which sees no less than the relay does. */
    private long pagesOfALook() {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            long before = pages();
            outbox.oldest(1, Set.of());
            return pages() - before;
        }));
    }

    /** That this transaction has gone through. */
    private long pages() {
        return jdbc.queryForObject("""
                select pg_stat_get_xact_blocks_fetched('outbox'::regclass)
                       + pg_stat_get_xact_blocks_fetched('outbox_pkey'::regclass)
                """, Long.class);
    }

    private long removedByCount() {
        return jdbc.queryForObject(
                "select n_dead_tup from pg_stat_user_tables where relid = 'outbox'::regclass", Long.class);
    }

    private long cleanings() {
        return jdbc.queryForObject(
                "select vacuum_count from pg_stat_user_tables where relid = 'outbox'::regclass", Long.class);
    }
}
