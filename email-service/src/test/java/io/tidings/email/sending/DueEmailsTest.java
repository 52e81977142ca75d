package io.tidings.email.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.OnInfrastructure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnInfrastructure(Part.POSTGRES)
class DueEmailsTest {

    private static final Duration LEASE = Duration.ofMinutes(2);

    /** After so many times a plan is kept, whatever it is asked for. */
    private static final int UNTIL_A_PLAN_IS_KEPT = 12;

    private final DataSource dataSource = migrated(Infrastructure.shared().database("due-emails"));
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    private final DueEmails emails = new DueEmails(jdbc);

    @Test
    void the_next_mails_are_found_by_the_index_however_many_wait() {
        transactions.executeWithoutResult(transaction -> {
            post(5_000, "ORDER_COMPLETED", UUID.randomUUID());
            jdbc.sql("analyze email").update();

            for (int time = 0; time < UNTIL_A_PLAN_IS_KEPT; time++) {
                assertThat(emails.take(2, LEASE, List.of(), true)).hasSize(2);
                assertThat(emails.untilNext(List.of(), true)).isPresent();
            }

            assertThat(jdbc.sql("select seq_scan from pg_stat_xact_user_tables where relname = 'email'")
                            .query(Long.class)
                            .single())
                    .as("looks at all of the table")
                    .isZero();
            transaction.setRollbackOnly();
        });
    }

    @Test
    void the_next_mails_are_found_without_reading_the_others_though_none_waited_when_the_table_was_analyzed() {
        transactions.executeWithoutResult(transaction -> {
            post(5_000, "ORDER_COMPLETED", UUID.randomUUID());
            jdbc.sql("update email set status = 'SENT', sent_at = now(), next_attempt_at = null")
                    .update();
            jdbc.sql("analyze email").update();
            post(5_000, "ORDER_COMPLETED", UUID.randomUUID());
            long before = rowsRead();

            for (int time = 0; time < UNTIL_A_PLAN_IS_KEPT; time++) {
                assertThat(emails.take(2, LEASE, List.of(), true)).hasSize(2);
                assertThat(emails.untilNext(List.of(), true)).isPresent();
            }

            assertThat(rowsRead() - before).as("rows read").isLessThan(1_000);
            transaction.setRollbackOnly();
        });
    }

    @Test
    void mails_to_the_operators_are_taken_first_and_count_against_the_limit() {
        transactions.executeWithoutResult(transaction -> {
            post(3, "ORDER_COMPLETED", UUID.randomUUID());
            post(2, "ALERT", null);

            List<DueEmail> taken = emails.take(3, LEASE, List.of(), true);

            assertThat(taken).hasSize(3);
            assertThat(taken).filteredOn(email -> email.userId() == null).hasSize(2);
            transaction.setRollbackOnly();
        });
    }

    private long rowsRead() {
        return jdbc.sql("""
                        select seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables
                        where relname = 'email'
                        """).query(Long.class).single();
    }

    private void post(int count, String kind, @Nullable UUID userId) {
        jdbc.sql("""
                        insert into email (id, user_id, kind, regarding, reason, subject, event_id, correlation_id, traceparent)
                        select gen_random_uuid(), :user::uuid, :kind, gen_random_uuid(), '', 'Any subject', gen_random_uuid(),
                               'any-flow', ''
                        from generate_series(1, :count)
                        """)
                .param("user", userId)
                .param("kind", kind)
                .param("count", count)
                .update();
    }

    private static DataSource migrated(DatabaseAccess database) {
        DataSource dataSource =
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/email-service")
                .load()
                .migrate();
        return dataSource;
    }
}
