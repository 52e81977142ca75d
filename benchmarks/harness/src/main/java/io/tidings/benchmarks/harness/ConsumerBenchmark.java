package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.AppliedOrders;
import io.tidings.benchmarks.contender.Clock;
import io.tidings.benchmarks.contender.Consumed;
import io.tidings.benchmarks.contender.OrderChanged;
import io.tidings.infrastructure.DatabaseAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How many events a second a consumer applies, each exactly once. */
final class ConsumerBenchmark implements Benchmark {

    private static final int PARTITIONS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Measure APPLIED = Measure.charted("applied", "applied exactly once", "/s", 0);

    private static final String INBOX = """
            create table inbox (
                event_id    uuid        primary key,
                received_at timestamptz not null default clock_timestamp()
            )
            """;

    @Override
    public String name() {
        return "consumer";
    }

    @Override
    public Report measure(Run run) {
        Options options = run.options();
        int events = options.quick() ? 30_000 : 200_000;
        List<ConsumerContenders.Entrant> entrants = ConsumerContenders.all().stream()
                .filter(entrant -> options.wants(entrant.contender()))
                .toList();
        run.alternate(
                "consumer",
                options.rounds(),
                entrants.stream()
                        .map(entrant -> new Run.Named(entrant.contender().id(), (round, progress) -> {
                            double perSecond =
                                    entrant.listens() ? play(run, entrant, events) : copy(run, entrant, events);
                            run.add(entrant.contender(), APPLIED, round, perSecond);
                            progress.note(String.format(Locale.ROOT, "%,.0f applied/s", perSecond));
                        }))
                        .toList());
        return new Report(
                name(),
                "The consumer: from a topic to a table",
                "%,d events of about 400 bytes lie on a topic of %d partitions. How many a second does a consumer apply, each exactly once, as a row in its database?"
                        .formatted(events, PARTITIONS),
                entrants.stream().map(ConsumerContenders.Entrant::contender).toList(),
                List.of(APPLIED),
                run.measurements(),
                goals(run.measurements(), entrants),
                List.of(
                        "Each turn of a contender has a fresh database, a fresh JVM and a topic that is empty. It first applies %,d to %,d other events, which warm it up and are discarded; then it stops listening, the events are put on the topic, the database makes a checkpoint, and it listens again."
                                .formatted(warmUp(events, true), warmUp(events, false)),
                        "**applied**: the events, by the time from the first records' arrival at the consumer to the moment at which all rows are committed.",
                        "One event of %d comes twice, and must take effect once: after each turn the table has one row for each event and no more; otherwise the turn is named under the problems, and the command fails."
                                .formatted(EventSupply.DOUBLED),
                        "`COPY` writes rows like these to the same table in one transaction, without topic, inbox or JSON."),
                run.problems());
    }

    private static List<Goal> goals(Measurements measured, List<ConsumerContenders.Entrant> entrants) {
        List<Goal> goals = new ArrayList<>();
        Optional<String> ours = measured.best(
                entrants.stream()
                        .map(entrant -> entrant.contender().id())
                        .filter(id -> id.startsWith(ConsumerContenders.TIDINGS)),
                APPLIED);
        ours.ifPresent(tidings -> {
            goals.add(goal(measured, tidings, 0.4, "`COPY` of the same rows", ConsumerContenders.COPY));
            goals.add(goal(measured, tidings, 25, "a record at a time with one thread", ConsumerContenders.ONE_THREAD));
            goals.add(
                    goal(measured, tidings, 10, "a record at a time with six threads", ConsumerContenders.SIX_THREADS));
        });
        return goals;
    }

    private static Goal goal(Measurements measured, String ours, double wanted, String what, String other) {
        return Goal.atLeast(
                wanted,
                " ×",
                "applied (%s), to %s".formatted(ours, what),
                measured.ratio(ours, APPLIED, other, APPLIED));
    }

    private static int warmUp(int events, boolean slow) {
        return slow ? events / 10 : events;
    }

    private static double copy(Run run, ConsumerContenders.Entrant entrant, int events) {
        DatabaseAccess database =
                run.arena().freshDatabase("consumer-" + entrant.contender().id());
        try {
            Arena.execute(database, AppliedOrders.TABLE);
            try (ContenderRun process = run.arena().start(entrant.contender(), database)) {
                process.ask("copy", Map.of("rows", events), Map.class, PATIENCE);
                Arena.execute(database, "truncate applied_order");
                run.arena().checkpoint();
                Number micros = (Number) process.ask("copy", Map.of("rows", events), Map.class, PATIENCE)
                        .getOrDefault("micros", 0);
                return events * 1e6 / micros.doubleValue();
            }
        } finally {
            run.arena().drop(database);
        }
    }

    private static double play(Run run, ConsumerContenders.Entrant entrant, int events) throws InterruptedException {
        Arena arena = run.arena();
        arena.emptyTopic(OrderChanged.TOPIC, PARTITIONS);
        DatabaseAccess database =
                arena.freshDatabase("consumer-" + entrant.contender().id());
        try (EventSupply supply = new EventSupply(arena.kafka())) {
            Arena.execute(database, AppliedOrders.TABLE);
            Arena.execute(database, INBOX);
            int warmUp = warmUp(events, entrant.slow());
            supply.supply(warmUp);
            try (ContenderRun process = arena.start(entrant.contender(), database)) {
                awaitRows(process, database, warmUp);
                process.ask(Consumed.HOLD_TASK, Map.of(), Consumed.class, PATIENCE);
                supply.supply(events);
                arena.checkpoint();
                process.ask(Consumed.RESUME_TASK, Map.of(), Consumed.class, PATIENCE);
                long end = awaitRows(process, database, warmUp + events);
                long start = process.ask(Consumed.PROGRESS_TASK, Map.of(), Consumed.class, PATIENCE)
                        .firstFetchAt();
                requireOnce(process, database, warmUp + events);
                return events * 1e6 / (end - start);
            }
        } finally {
            arena.drop(database);
        }
    }

    /** Answers when all rows were there, in microseconds since 1970. The database is asked only when they may be. */
    private static long awaitRows(ContenderRun process, DatabaseAccess database, int rows) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Consumed consumed = process.ask(Consumed.PROGRESS_TASK, Map.of(), Consumed.class, PATIENCE);
            if (consumed.written() >= rows && rowsOf(database, "count(*)") >= rows) {
                return Clock.micros();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%,d of %,d rows were written within %s.".formatted(consumed.written(), rows, PATIENCE));
            }
            Thread.sleep(10);
        }
    }

    /** What came twice is to be given a chance to take effect twice. */
    private static void requireOnce(ContenderRun process, DatabaseAccess database, int rows)
            throws InterruptedException {
        Thread.sleep(500);
        process.ask(Consumed.HOLD_TASK, Map.of(), Consumed.class, PATIENCE);
        long all = rowsOf(database, "count(*)");
        long different = rowsOf(database, "count(distinct order_id)");
        if (all != rows || different != rows) {
            throw new IllegalStateException(
                    "There are %,d rows of %,d orders, and %,d events.".formatted(all, different, rows));
        }
    }

    private static long rowsOf(DatabaseAccess database, String count) {
        return Long.parseLong(Arena.query(database, "select %s from applied_order".formatted(count)));
    }
}
