package io.tidings.bus.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source in whose transactions what the outbox writes goes to the database together with the commit: one round trip
 * less for whoever publishes.
 *
 * <p>Whoever needs the class of the pool itself finds it with {@link #unwrap}.
 */
public final class OutboxDataSource extends DelegatingDataSource {

    public OutboxDataSource(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return LastStatement.keptBy(super.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return LastStatement.keptBy(super.getConnection(user, password));
    }
}
