package io.tidings.bus.outbox;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.PreparedStatementSetter;

/**
 * The last statement of a transaction, which its connection keeps until it is told to commit, and then sends together with
 * the commit. The commit is that of the transaction manager, after all checks that may still prevent it: sent with the
 * statement any earlier, it would leave out what these find or write.
 */
final class LastStatement implements InvocationHandler {

    private final Connection connection;
    private boolean commitIsOurs;
    private @Nullable Kept kept;

    private record Kept(String sql, PreparedStatementSetter parameters) {

        void execute(Connection connection, String suffix) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql + suffix)) {
                parameters.setValues(statement);
                statement.execute();
            }
        }
    }

    private LastStatement(Connection connection) {
        this.connection = connection;
    }

    /** The connection, which keeps from now on what it is given by way of its {@link Connection#unwrap}. */
    static Connection keptBy(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                LastStatement.class.getClassLoader(), new Class<?>[] {Connection.class}, new LastStatement(connection));
    }

    /**
     * Keeps a statement until the commit. One that was kept before is executed now, so that they stay in their order.
     *
     * @return false, and nothing is kept, if the transaction may be committed by other means than {@link Connection#commit},
     *     as are those that span several resources, or if there is none: nobody has turned auto-commit off on this connection
     */
    boolean keep(String sql, PreparedStatementSetter parameters) throws SQLException {
        if (!commitIsOurs) {
            return false;
        }
        Kept before = kept;
        kept = null;
        if (before != null) {
            before.execute(connection, "");
        }
        kept = new Kept(sql, parameters);
        return true;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object first = arguments == null ? null : arguments[0];
        switch (method.getName()) {
            case "equals" -> {
                return proxy == first;
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            case "isWrapperFor", "unwrap" -> {
                if (first == LastStatement.class) {
                    return method.getName().equals("unwrap") ? this : true;
                }
            }
            case "setAutoCommit" -> {
                if (Boolean.TRUE.equals(first)) {
                    sendWithCommit(); // to turn it on within a transaction commits
                }
                commitIsOurs = Boolean.FALSE.equals(first);
            }
            case "commit" -> sendWithCommit();
            case "rollback" -> {
                if (first == null) {
                    kept = null; // not so at the return to a savepoint
                }
            }
            default -> {}
        }
        // After the statement was sent the driver knows that the commit is done, and the pool hears of it.
        return delegate(method, arguments);
    }

    /** Both or neither: PostgreSQL passes over the commit if the statement fails. */
    private void sendWithCommit() throws SQLException {
        Kept last = kept;
        kept = null;
        if (last != null) {
            last.execute(connection, "; commit");
        }
    }

    private @Nullable Object delegate(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
