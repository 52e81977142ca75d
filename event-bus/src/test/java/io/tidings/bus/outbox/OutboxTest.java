package io.tidings.bus.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.notes.BusTest;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

@BusTest
class OutboxTest {

    /** After so many times a plan is kept, whatever is in the table then. */
    private static final int UNTIL_A_PLAN_IS_KEPT = 12;

    @Autowired
    Outbox outbox;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transactions;

    /** What was removed stays in the table until it is cleaned up, and a look at all of it takes longer each time. */
    @Test
    void a_relay_never_reads_the_whole_table_however_small_it_was_when_postgresql_made_its_plans() {
        transactions.executeWithoutResult(transaction -> {
            outbox.oldest(1, Set.of()); // from here on, no other relay is at the table
            long before = looksAtAllOfTheTable();
            for (int round = 0; round < UNTIL_A_PLAN_IS_KEPT; round++) {
                write(1);
                relayOneRound();
            }
            write(3_000);
            for (int round = 0; round < UNTIL_A_PLAN_IS_KEPT; round++) {
                relayOneRound();
            }

            assertThat(looksAtAllOfTheTable() - before).isZero();
            transaction.setRollbackOnly();
        });
    }

    /** To plan a look takes PostgreSQL longer than the look. */
    @Test
    void a_relay_has_its_looks_planned_once_and_not_each_time() {
        transactions.executeWithoutResult(transaction -> {
            outbox.oldest(1, Set.of());
            long before = plansForOneLook();
            for (int round = 0; round < UNTIL_A_PLAN_IS_KEPT; round++) {
                write(100);
                jdbc.execute("analyze outbox"); // larger, it has all kept plans made again
                relayOneRound();
            }

            assertThat(plansForOneLook() - before).isZero();
            assertThat(looksByAKeptPlan()).isPositive();
            transaction.setRollbackOnly();
        });
    }

    @Test
    void what_was_sent_is_removed_together_with_the_commit() {
        List<Long> ids = transactions.execute(transaction -> {
            outbox.oldest(1, Set.of()); // from here on, no other relay is at the table
            write(3);
            List<Long> sent =
                    outbox.oldest(10, Set.of()).stream().map(OutboxMessage::id).toList();
            outbox.remove(sent);

            assertThat(there(sent)).as("messages before the commit").hasSameElementsAs(sent);
            return sent;
        });

        assertThat(ids).hasSizeGreaterThanOrEqualTo(3);
        assertThat(there(ids)).isEmpty();
    }

    private List<Long> there(List<Long> ids) {
        return jdbc.queryForList(
                "select id from outbox where id = any (?)", Long.class, (Object) ids.toArray(Long[]::new));
    }

    private void relayOneRound() {
        List<Long> read =
                outbox.oldest(10, Set.of()).stream().map(OutboxMessage::id).toList();
        List<Long> readOn = outbox.removeAndReadOn(read, 10, Set.of()).stream()
                .map(OutboxMessage::id)
                .toList();
        jdbc.update("delete from outbox where id = any (?)", (Object) readOn.toArray(Long[]::new));
    }

    /** At once, in the transaction that is under way, and not with its commit. */
    private void write(int messages) {
        jdbc.execute((Connection connection) -> {
            Connection driver = connection.unwrap(PgConnection.class);
            new Outbox(new JdbcTemplate(new SingleConnectionDataSource(driver, true)))
                    .add(UnreadMessages.some(messages));
            return null;
        });
    }

    /** By this connection, which may have looked before this transaction. */
    private long looksAtAllOfTheTable() {
        return jdbc.queryForObject(
                "select seq_scan from pg_stat_xact_user_tables where relid = 'outbox'::regclass", Long.class);
    }

    private long plansForOneLook() {
        return lookCount("custom_plans");
    }

    private long looksByAKeptPlan() {
        return lookCount("generic_plans");
    }

    /** Of the statements that this connection keeps. */
    private long lookCount(String plans) {
        return jdbc.queryForObject(
                "select coalesce(sum(%s), 0) from pg_prepared_statements where statement like '%%as bytes_before%%'"
                        .formatted(plans),
                Long.class);
    }
}
