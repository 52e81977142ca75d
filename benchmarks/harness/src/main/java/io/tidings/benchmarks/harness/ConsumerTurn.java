package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.AppliedOrders;
import io.tidings.benchmarks.contender.Clock;
import io.tidings.benchmarks.contender.Consumed;
import io.tidings.benchmarks.contender.OrderChanged;
import io.tidings.infrastructure.DatabaseAccess;
import java.time.Duration;
import java.util.Map;

/**
 * One turn of a consumer: events lie on the topic, and it makes a row of each.
 *
 * @param past orders that it has applied long before, as rows and in its inbox: they take the place of what the warm-up
 *     left; 0 if that is to stay
 * @param warmUp events that are applied first and discarded
 * @param events that are measured
 */
record ConsumerTurn(Arena arena, Contender contender, int past, int warmUp, int events) {

    static final int PARTITIONS = 6;
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String INBOX = """
            create table inbox (
                event_id    uuid        primary key,
                received_at timestamptz not null default clock_timestamp()
            )
            """;

    private static final String PAST_ORDERS = """
            insert into applied_order (order_id, version, customer, address, total_minor, currency, note)
            select uuidv7(), 1, 'Customer of order ' || number, number %% 200 || ', Harbour Street, 20457 Hamburg',
                1000 + number %% 100000, 'EUR', repeat('Please ring twice. ', 10)
            from generate_series(1, %d) as number
            """;

    private static final String PAST_INBOX = "insert into inbox (event_id) select uuidv7() from generate_series(1, %d)";

    /**
     * What came of the events that are measured.
     *
     * @param perSecond from the moment at which the records are let in until all rows are committed
     * @param used what contender, PostgreSQL and Kafka computed meanwhile
     */
    record Applied(double perSecond, ProcessorTime used) {}

    /** @throws IllegalStateException if an event was not applied exactly once */
    Applied play() throws InterruptedException {
        arena.emptyTopic(OrderChanged.TOPIC, PARTITIONS);
        DatabaseAccess database = arena.freshDatabase("consumer-" + contender.id());
        try (EventSupply supply = new EventSupply(arena.kafka())) {
            Arena.execute(database, AppliedOrders.TABLE);
            Arena.execute(database, INBOX);
            supply.supply(warmUp);
            try (ContenderRun process = arena.start(contender, database)) {
                awaitRows(process, database, 0, warmUp, warmUp);
                requireOnce(process, database, 0, warmUp);
                remember(database);
                long last = Long.parseLong(Arena.query(database, "select max(id) from applied_order"));
                supply.supply(events);
                arena.checkpoint();
                ProcessorTime before = arena.processorTime(process);
                long start = Clock.micros();
                process.ask(Consumed.RESUME_TASK, Map.of(), Consumed.class, PATIENCE);
                long end = awaitRows(process, database, last, events, warmUp + events);
                ProcessorTime used = arena.processorTime(process).since(before);
                requireOnce(process, database, last, events);
                return new Applied(events * 1e6 / (end - start), used);
            }
        } finally {
            arena.drop(database);
        }
    }

    private void remember(DatabaseAccess database) {
        if (past > 0) {
            Arena.execute(database, "truncate applied_order, inbox");
            Arena.execute(database, PAST_ORDERS.formatted(past));
            Arena.execute(database, PAST_INBOX.formatted(past));
            Arena.execute(database, "vacuum analyze");
        }
    }

    /**
     * Answers when so many rows were there after a row, in microseconds since 1970. The database is asked only when they may
     * be, since the contender has written so many in all.
     */
    private long awaitRows(ContenderRun process, DatabaseAccess database, long after, int rows, int written)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Consumed consumed = process.ask(Consumed.PROGRESS_TASK, Map.of(), Consumed.class, PATIENCE);
            if (consumed.written() >= written && rowsAfter(after, database, "count(*)") >= rows) {
                return Clock.micros();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%,d of %,d rows were written within %s.".formatted(consumed.written(), written, PATIENCE));
            }
            Thread.sleep(10);
        }
    }

    /** What came twice is to be given a chance to take effect twice. Nothing is applied until it is resumed. */
    private void requireOnce(ContenderRun process, DatabaseAccess database, long after, int rows)
            throws InterruptedException {
        Thread.sleep(500);
        process.ask(Consumed.HOLD_TASK, Map.of(), Consumed.class, PATIENCE);
        long all = rowsAfter(after, database, "count(*)");
        long different = rowsAfter(after, database, "count(distinct order_id)");
        if (all != rows || different != rows) {
            throw new IllegalStateException(
                    "There are %,d rows of %,d orders, and %,d events.".formatted(all, different, rows));
        }
    }

    /** Without those before, so that counting takes the same time however many they are. */
    private static long rowsAfter(long row, DatabaseAccess database, String count) {
        return Long.parseLong(
                Arena.query(database, "select %s from applied_order where id > %d".formatted(count, row)));
    }
}
