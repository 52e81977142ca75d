package io.tidings.bus.handling;

import io.tidings.bus.MessageTooLargeException;
import io.tidings.bus.PermanentFailure;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Looks at a failure and all its causes: a limit of the database that a message exceeds comes first, then what says that
 * infrastructure is away, then what can never work; all else may pass. A row that is there already may pass too: of two who add it at the same moment the slower one finds it
 * at its next attempt.
 */
public final class DefaultFailureClassifier implements FailureClassifier {

    private static final Set<Class<? extends Throwable>> INFRASTRUCTURE = Set.of(
            OutOfMemoryError.class,
            CannotCreateTransactionException.class,
            DataAccessResourceFailureException.class,
            SQLTransientConnectionException.class);

    /** Classes of PostgreSQL's error codes: connection lost, out of resources, operator intervention, system error. */
    private static final Set<String> INFRASTRUCTURE_STATES = Set.of("08", "53", "57", "58");

    /** Program limit exceeded, such as by a text that is too long for its index: no matter how often it is tried. */
    private static final String BEYOND_LIMITS = "54";

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String STATEMENT_TIMEOUT = "57014";

    /** The words, without a state, of the pool that Spring Boot brings, about a connection that broke before. */
    private static final String LOST_BY_THE_POOL = "Connection is closed";

    /** Another transaction wrote the row at the same moment: the next attempt finds it there. */
    private static final String UNIQUE_VIOLATION = "23505";

    private static final Set<Class<? extends Throwable>> PERMANENT = Set.of(
            PermanentFailure.class,
            MessageTooLargeException.class,
            Error.class,
            IllegalArgumentException.class,
            ArithmeticException.class,
            ClassCastException.class,
            NullPointerException.class,
            IndexOutOfBoundsException.class,
            UnsupportedOperationException.class,
            DataIntegrityViolationException.class,
            InvalidDataAccessResourceUsageException.class);

    @Override
    public FailureKind classify(Throwable failure) {
        Set<Throwable> chain = chainOf(failure);
        if (chain.stream().anyMatch(DefaultFailureClassifier::isBeyondLimits)) {
            return FailureKind.PERMANENT; // Spring counts it among the failures of resources
        }
        if (chain.stream().anyMatch(DefaultFailureClassifier::isInfrastructure)) {
            return FailureKind.INFRASTRUCTURE;
        }
        boolean isTheHandlersWord = chain.stream().anyMatch(PermanentFailure.class::isInstance);
        if (!isTheHandlersWord && chain.stream().anyMatch(DefaultFailureClassifier::isThereAlready)) {
            return FailureKind.TRANSIENT;
        }
        boolean permanent =
                chain.stream().anyMatch(cause -> PERMANENT.stream().anyMatch(type -> type.isInstance(cause)));
        return permanent ? FailureKind.PERMANENT : FailureKind.TRANSIENT;
    }

    private static boolean isBeyondLimits(Throwable cause) {
        return cause instanceof SQLException database
                && database.getSQLState() != null
                && database.getSQLState().startsWith(BEYOND_LIMITS);
    }

    private static boolean isThereAlready(Throwable cause) {
        return cause instanceof SQLException database && UNIQUE_VIOLATION.equals(database.getSQLState());
    }

    private static Set<Throwable> chainOf(Throwable failure) {
        Set<Throwable> chain = new LinkedHashSet<>();
        addTo(chain, failure);
        return chain;
    }

    private static void addTo(Set<Throwable> chain, @Nullable Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null && chain.add(cause)) {
            if (cause instanceof TransactionSystemException rollback) {
                // A rollback over a lost connection fails too, and hides what lost it.
                addTo(chain, rollback.getApplicationException());
            }
            cause = cause.getCause();
        }
    }

    private static boolean isInfrastructure(Throwable cause) {
        return INFRASTRUCTURE.stream().anyMatch(type -> type.isInstance(cause))
                || cause instanceof SQLException database
                        && (saysOfItself(database.getSQLState()) || LOST_BY_THE_POOL.equals(database.getMessage()));
    }

    private static boolean saysOfItself(@Nullable String state) {
        if (state == null || state.equals(STATEMENT_TIMEOUT)) {
            return false;
        }
        return state.equals(SERIALIZATION_FAILURE)
                || state.equals(DEADLOCK)
                || INFRASTRUCTURE_STATES.stream().anyMatch(state::startsWith);
    }
}
