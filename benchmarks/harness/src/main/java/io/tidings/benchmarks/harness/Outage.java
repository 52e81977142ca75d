package io.tidings.benchmarks.harness;

import io.tidings.infrastructure.DatabaseAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Nobody relays what is told in a database of Tidings, as long as this is open: it has the lock that makes one instance
 * the relay.
 */
final class Outage implements AutoCloseable {

    private static final int VERSIONS = 10;

    private static final String CHANGES = """
            with changed as (
                insert into orders (id, version, customer, address, total_minor, currency, note)
                select uuidv7(), %2$d, 'Customer of order ' || number, number %% 200 || ', Harbour Street, 20457 Hamburg',
                    1000 + number %% 100000, 'EUR', repeat('Please ring twice. ', 10)
                from generate_series(1, %1$d) as number
                returning *)
            insert into outbox (event_id, topic, key, type, source, time, correlation_id, payload)
            select uuidv7(), 'orders', id::text, 'io.tidings.OrderTold.v1', '/order-service', now(), uuidv7()::text,
                convert_to(json_build_object('orderId', id, 'version', step, 'customer', customer, 'address', address,
                    'totalMinor', total_minor, 'currency', currency, 'note', note)::text, 'UTF8')
            from changed, generate_series(1, %2$d) as step
            order by step, id
            """;

    private final DatabaseAccess database;
    private final Connection holder;

    private Outage(DatabaseAccess database, Connection holder) {
        this.database = database;
        this.holder = holder;
    }

    /** Returns when the relay has ended the round that was under way. */
    static Outage begin(DatabaseAccess database) {
        try {
            Connection holder = Arena.connect(database);
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute("select from outbox_relay for update");
            }
            return new Outage(database, holder);
        } catch (SQLException failure) {
            throw new IllegalStateException("The relay can't be stopped.", failure);
        }
    }

    /**
     * Lets so many messages accumulate in the outbox, of a tenth as many orders: each is changed ten times, one after the
     * other.
     */
    void accumulate(int messages) {
        Arena.execute(database, CHANGES.formatted(messages / VERSIONS, VERSIONS));
        Arena.execute(database, "vacuum analyze");
    }

    /** The relay goes on at once. */
    @Override
    public void close() {
        try (holder) {
            holder.rollback();
        } catch (SQLException failure) {
            throw new IllegalStateException("The relay can't be let go on.", failure);
        }
    }
}
