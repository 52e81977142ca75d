package io.tidings.bus.handling;

import static io.tidings.bus.handling.FailureKind.INFRASTRUCTURE;
import static io.tidings.bus.handling.FailureKind.PERMANENT;
import static io.tidings.bus.handling.FailureKind.TRANSIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidings.bus.PermanentFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class DefaultFailureClassifierTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments("the pool gives no connection", new CannotCreateTransactionException("none"), INFRASTRUCTURE),
                arguments(
                        "no connection in time",
                        new RuntimeException(new SQLTransientConnectionException()),
                        INFRASTRUCTURE),
                arguments("the connection broke", caused("08006"), INFRASTRUCTURE),
                arguments("the database shuts down", caused("57P01"), INFRASTRUCTURE),
                arguments(
                        "the pool has taken a broken connection away",
                        new UncategorizedSQLException("rollback", null, new SQLException("Connection is closed")),
                        INFRASTRUCTURE),
                arguments("what broke hides behind a rollback that broke too", rolledBack("57P01"), INFRASTRUCTURE),
                arguments("the disk is full", caused("53100"), INFRASTRUCTURE),
                arguments("a deadlock", new CannotAcquireLockException("locked", sql("40P01")), INFRASTRUCTURE),
                arguments("a serialization failure", caused("40001"), INFRASTRUCTURE),
                arguments("a statement took too long", caused("57014"), TRANSIENT),
                arguments(
                        "someone else added it first",
                        new DataIntegrityViolationException("there", sql("23505")),
                        TRANSIENT),
                arguments("someone else was faster", new OptimisticLockingFailureException("stale"), TRANSIENT),
                arguments("a neighbour is away", new UncheckedIOException(new SocketTimeoutException()), TRANSIENT),
                arguments("something unforeseen", new IllegalStateException("unforeseen"), TRANSIENT),
                arguments("the handler says so", new PermanentFailure("never"), PERMANENT),
                arguments("a rule is broken", new RuntimeException(new PermanentFailure("never")), PERMANENT),
                arguments("a value is wrong", new IllegalArgumentException("wrong"), PERMANENT),
                arguments("a value is missing", new NullPointerException(), PERMANENT),
                arguments("a constraint is violated", new DataIntegrityViolationException("no"), PERMANENT),
                arguments("a check is violated", new DataIntegrityViolationException("no", sql("23514")), PERMANENT),
                arguments(
                        "a text is too long for its index",
                        new DataAccessResourceFailureException("index row size", sql("54000")),
                        PERMANENT),
                arguments("a duplicate is no hope", new PermanentFailure("never", sql("23505")), PERMANENT));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("failures")
    void tells_what_can_be_hoped_for(String what, Throwable failure, FailureKind kind) {
        assertThat(new DefaultFailureClassifier().classify(failure)).isEqualTo(kind);
    }

    private static RuntimeException caused(String state) {
        return new RuntimeException(new IOException(sql(state)));
    }

    private static SQLException sql(String state) {
        return new SQLException("as the database says", state);
    }

    private static Throwable rolledBack(String state) {
        TransactionSystemException rollback =
                new TransactionSystemException("no rollback", new SQLException("no rollback"));
        rollback.initApplicationException(caused(state));
        return rollback;
    }
}
