package io.tidings.bus.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidings.bus.EventBus;
import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.bus.notes.Notebooks;
import io.tidings.bus.publishing.DepartureAtCommit;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionTemplate;

@BusTest
class LastStatementTest {

    private static final String WRITE = "insert into last_words (words) values (?)";

    @Autowired
    DataSource dataSource;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    EntityManagerFactory entityManagers;

    @Autowired
    EventBus eventBus;

    @Autowired
    Notebooks notebooks;

    @BeforeEach
    void emptyTable() {
        jdbc.execute("create table if not exists last_words (words text check (words <> 'refused'))");
        jdbc.execute("truncate last_words");
    }

    @Test
    void it_is_sent_with_the_commit_which_then_is_no_round_trip_of_its_own() throws SQLException {
        List<TransactionState> whenToldToCommit = new ArrayList<>();
        try (Connection pooled = dataSource.getConnection()) {
            Connection connection = LastStatement.keptBy(observed(pooled, whenToldToCommit));
            connection.setAutoCommit(false);

            assertThat(keep(connection, "kept")).isTrue();
            assertThat(wordsSeenBy(connection)).isEmpty();
            connection.commit();

            assertThat(whenToldToCommit).containsExactly(TransactionState.IDLE);
            assertThat(words()).containsExactly("kept");
        }
    }

    @Test
    void with_it_fails_all_of_its_transaction_and_the_connection_is_of_use_again() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            write(connection, "before");
            keep(connection, "refused");

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(connection::commit)
                    .withMessageContaining("last_words");
            connection.rollback();
            assertThat(words()).isEmpty();

            keep(connection, "another transaction's");
            connection.commit();
            assertThat(words()).containsExactly("another transaction's");
        }
    }

    @Test
    void it_is_forgotten_by_a_rollback() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            keep(connection, "never happened");
            connection.rollback();

            write(connection, "happened");
            connection.commit();

            assertThat(words()).containsExactly("happened");
        }
    }

    @Test
    void a_connection_that_is_given_back_within_a_transaction_leaves_nothing_to_the_next_one() throws SQLException {
        for (int time = 0; time < 2; time++) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                keep(connection, "never committed");
            }
        }

        assertThat(words()).isEmpty();
    }

    @Test
    void those_of_one_transaction_stay_in_their_order() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            keep(connection, "first");
            keep(connection, "second");
            keep(connection, "third");

            connection.commit();

            assertThat(jdbc.queryForList("select words from last_words order by ctid", String.class))
                    .containsExactly("first", "second", "third");
        }
    }

    @Test
    void to_turn_auto_commit_on_commits_it_too() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            keep(connection, "kept");

            connection.setAutoCommit(true);

            assertThat(words()).containsExactly("kept");
        }
    }

    /** Such a connection may have been begun, and may be committed, by a coordinator of several resources. */
    @Test
    void nothing_is_kept_by_a_connection_of_which_nobody_has_said_that_its_own_commit_ends_the_transaction()
            throws SQLException {
        try (Connection pooled = dataSource.getConnection()) {
            pooled.setAutoCommit(false);
            Connection begunByAnother = LastStatement.keptBy(pooled);

            assertThat(keep(begunByAnother, "not kept")).isFalse();
            pooled.commit();

            JdbcTemplate theirs = new JdbcTemplate(new SingleConnectionDataSource(begunByAnother, true));
            new Outbox(theirs).add(UnreadMessages.some(1));
            assertThat(theirs.queryForObject(
                            "select count(*) from outbox where topic = 'notes-that-nobody-reads'", Integer.class))
                    .as("messages that are written at once, since nothing is kept")
                    .isOne();
            pooled.rollback();
        }
    }

    @Test
    void what_prevents_the_commit_after_the_messages_have_departed_prevents_them_too() {
        String notebook = notebooks.anyName();
        List<Long> written = new ArrayList<>();
        TransactionTemplate transactions = transactionsWith(new TransactionExecutionListener() {
            @Override
            public void beforeCommit(TransactionExecution transaction) {
                written.add(notebooks.waiting(notebook));
                throw new IllegalStateException("Found at the last moment.");
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.executeWithoutResult(
                        transaction -> eventBus.publish(new NoteTaken(notebook, 1, "never happened"))))
                .withMessage("Found at the last moment.");
        notebooks.turnPage(notebook, "happened");

        assertThat(written).as("messages in the outbox before the commit").containsExactly(0L);
        notebooks.awaitApplied(notebook, 1);
    }

    private TransactionTemplate transactionsWith(TransactionExecutionListener last) {
        JpaTransactionManager manager = new JpaTransactionManager(entityManagers);
        manager.afterPropertiesSet(); // finds the data source
        manager.setTransactionExecutionListeners(List.of(new DepartureAtCommit(), last));
        return new TransactionTemplate(manager);
    }

    private static boolean keep(Connection connection, String words) throws SQLException {
        return connection.unwrap(LastStatement.class).keep(WRITE, statement -> statement.setString(1, words));
    }

    private static void write(Connection connection, String words) {
        new JdbcTemplate(new SingleConnectionDataSource(connection, true)).update(WRITE, words);
    }

    private static List<String> wordsSeenBy(Connection connection) {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true))
                .queryForList("select words from last_words", String.class);
    }

    private List<String> words() {
        return jdbc.queryForList("select words from last_words", String.class);
    }

    /** Notes in which state of its transaction the driver is told to commit. */
    private static Connection observed(Connection connection, List<TransactionState> whenToldToCommit)
            throws SQLException {
        BaseConnection driver = connection.unwrap(BaseConnection.class);
        return (Connection) Proxy.newProxyInstance(
                LastStatementTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        whenToldToCommit.add(driver.getTransactionState());
                    }
                    return method.invoke(connection, arguments);
                });
    }
}
