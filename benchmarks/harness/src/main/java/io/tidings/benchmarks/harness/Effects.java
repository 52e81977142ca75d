package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.AppliedOrders;
import io.tidings.infrastructure.DatabaseAccess;
import java.time.Duration;

/** A consumer with an inbox at the other end of the relay: what counts in the end is what it makes of the events. */
final class Effects implements AutoCloseable {

    private final Arena arena;
    private final Contender consumer;
    private final DatabaseAccess database;
    private ContenderRun process;

    private Effects(Arena arena, Contender consumer, DatabaseAccess database, ContenderRun process) {
        this.arena = arena;
        this.consumer = consumer;
        this.database = database;
        this.process = process;
    }

    /** @param consumer one of those that compete in {@code consumer} */
    static Effects of(Arena arena, Contender consumer) {
        DatabaseAccess database = arena.freshDatabase("effects-" + consumer.id());
        Arena.execute(database, AppliedOrders.TABLE);
        return new Effects(arena, consumer, database, arena.start(consumer, database));
    }

    void killAndRestart() {
        process.kill();
        process = arena.start(consumer, database);
    }

    /**
     * Waits until as many rows are there as there were events.
     *
     * @return how many orders were applied once too often, or not at all
     */
    long wrong(long events, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (count("count(*)") < events && System.nanoTime() < deadline) {
            Thread.sleep(200);
        }
        long different = count("count(distinct order_id)");
        return count("count(*)") - different + Math.abs(events - different);
    }

    private long count(String what) {
        return Long.parseLong(Arena.query(database, "select %s from applied_order".formatted(what)));
    }

    @Override
    public void close() {
        process.close();
        arena.drop(database);
    }
}
