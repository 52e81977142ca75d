package io.tidings.bus.operations;

import io.tidings.bus.ExpiringTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps what the bus and a service remember of messages and requests from growing for ever. */
public final class Cleaner extends Clockwork {

    private static final Logger log = LoggerFactory.getLogger(Cleaner.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final List<Table> TABLES_OF_THE_BUS =
            List.of(new Table("inbox", "received_at"), new Table("idempotency_key", "created_at"));
    private static final int DELETED_AT_ONCE = 10_000;

    private final JdbcTemplate jdbc;
    private final Duration retention;
    private final List<ExpiringTable> tables;

    private record Table(String table, String since) implements ExpiringTable {}

    /**
     * @param retention must be longer than a broker keeps messages and a relay may lag, or one that comes again would be
     *     handled again
     * @param others tables of the service
     */
    public Cleaner(JdbcTemplate jdbc, Duration retention, List<ExpiringTable> others, BusStatus status) {
        super("cleaning", first(), EVERY, status);
        this.jdbc = jdbc;
        this.retention = retention;
        this.tables = Stream.concat(TABLES_OF_THE_BUS.stream(), others.stream()).toList();
    }

    /** So soon that a service that never runs for long cleans too, and not when all that started with it do. */
    static Duration first() {
        return Duration.ofSeconds(ThreadLocalRandom.current().nextLong(120, 240));
    }

    @Override
    protected boolean turn() {
        clean();
        return false;
    }

    /**
     * Forgets messages that were handled, and requests that were answered, longer ago than they are to be remembered. A
     * table in which that fails keeps none of the others from it.
     */
    public void clean() {
        forEachByItself(tables, this::clean, table -> "Old rows of %s could not be deleted".formatted(table.table()));
    }

    private void clean(ExpiringTable table) {
        int forgotten = forget(table.table(), table.since());
        log.debug("Deleted {} rows of {} that were older than {}.", forgotten, table.table(), retention);
    }

    private int forget(String table, String since) {
        int forgotten = 0;
        int deleted;
        do {
            deleted = jdbc.update("""
                    delete from %1$s where ctid = any (array(
                        select ctid from %1$s
                        where %2$s < now() - make_interval(secs => ?) limit ?))
                    """.formatted(table, since), (double) retention.toSeconds(), DELETED_AT_ONCE);
            forgotten += deleted;
        } while (deleted == DELETED_AT_ONCE);
        return forgotten;
    }
}
