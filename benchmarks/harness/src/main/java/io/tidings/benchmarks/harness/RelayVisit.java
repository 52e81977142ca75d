package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.Load;
import io.tidings.benchmarks.contender.Loaded;
import io.tidings.benchmarks.contender.OrderBook;
import io.tidings.benchmarks.contender.OrderChanged;
import io.tidings.infrastructure.DatabaseAccess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A contender of the relay that runs on a fresh database, and the consumer that sees what it tells. */
final class RelayVisit implements AutoCloseable {

    static final int WRITERS = 16;
    static final int PARTITIONS = 6;

    private final Arena arena;
    private final DatabaseAccess database;
    private final Observer observer;
    private final ContenderRun process;
    private final boolean tells;
    private final Duration patience;
    private long told;

    private RelayVisit(
            Arena arena,
            DatabaseAccess database,
            Observer observer,
            ContenderRun process,
            boolean tells,
            Duration patience) {
        this.arena = arena;
        this.database = database;
        this.observer = observer;
        this.process = process;
        this.tells = tells;
        this.patience = patience;
    }

    /**
     * Returns when the contender is ready.
     *
     * @param patience how long after a load its last event may arrive
     */
    static RelayVisit begin(Arena arena, RelayContenders.Entrant entrant, Duration patience) {
        arena.emptyTopic(OrderChanged.TOPIC, PARTITIONS);
        Contender contender = entrant.contender();
        DatabaseAccess database = arena.freshDatabase("relay-" + contender.id());
        Observer observer = Observer.of(arena.kafka(), OrderChanged.TOPIC);
        try {
            Arena.execute(database, OrderBook.TABLE);
            ContenderRun process = arena.start(contender, database);
            return new RelayVisit(arena, database, observer, process, entrant.tells(), patience);
        } catch (RuntimeException failure) {
            observer.close();
            arena.drop(database);
            throw failure;
        }
    }

    DatabaseAccess database() {
        return database;
    }

    ContenderRun process() {
        return process;
    }

    Observer observer() {
        return observer;
    }

    /** As much as the writers can; returns when all of it has arrived. */
    Loaded load(Duration length) {
        return load(length, 0, 0);
    }

    /**
     * Returns when all of it has arrived.
     *
     * @param orders how many are changed again and again; 0 for a new one each time
     * @param perSecond transactions; 0 for as many as the writers can
     */
    Loaded load(Duration length, int orders, int perSecond) {
        Loaded loaded = process.ask(
                Load.TASK,
                new Load(WRITERS, length.toMillis(), orders, perSecond),
                Loaded.class,
                length.plus(patience));
        if (!loaded.failures().isEmpty()) {
            throw new IllegalStateException("Transactions failed: " + loaded.failures());
        }
        if (tells) {
            awaitMore(loaded.accepted());
        }
        return loaded;
    }

    /** Waits for the events of so many changes more. */
    void awaitMore(long events) {
        told += events;
        if (!observer.await(told, patience)) {
            throw new IllegalStateException("%,d of %,d events have not arrived after %d s."
                    .formatted(told - observer.distinct(), told, patience.toSeconds()));
        }
    }

    /** Of the last load: its events, by the time from its first transaction's begin to its last event's arrival. */
    double deliveredPerSecond(Loaded last) {
        return last.accepted() * 1e6 / (observer.lastNewAt() - last.startedAt());
    }

    /** Lets the contender end, and accounts for every event. */
    Tally end() {
        process.close();
        return observer.tally(committed(database));
    }

    /** The orders of which each version from 1 on was to be told, and their versions. */
    static Map<UUID, Long> committed(DatabaseAccess database) {
        Map<UUID, Long> versions = new HashMap<>();
        try (Connection connection = Arena.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, version from orders where version > 0")) {
            while (rows.next()) {
                versions.put(rows.getObject(1, UUID.class), rows.getLong(2));
            }
            return versions;
        } catch (SQLException failure) {
            throw new IllegalStateException("The orders can't be read.", failure);
        }
    }

    @Override
    public void close() {
        process.close();
        observer.close();
        arena.drop(database);
    }
}
