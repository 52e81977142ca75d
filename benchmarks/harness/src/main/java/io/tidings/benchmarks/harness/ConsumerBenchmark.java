package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.AppliedOrders;
import io.tidings.infrastructure.DatabaseAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How many events a second a consumer applies, each exactly once. */
final class ConsumerBenchmark implements Benchmark {

    private static final Measure APPLIED = Measure.charted("applied", "applied exactly once", "/s", 0);
    private static final Measure CPU = Measure.of("cpu", "CPU of contender + PostgreSQL + Kafka", "µs an event", 0);

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
                            ConsumerTurn.Applied applied = entrant.listens()
                                    ? new ConsumerTurn(
                                                    run.arena(),
                                                    entrant.contender(),
                                                    0,
                                                    warmUp(events, entrant.slow()),
                                                    events)
                                            .play()
                                    : copy(run, entrant, events);
                            run.add(entrant.contender(), APPLIED, round, applied.perSecond());
                            run.add(
                                    entrant.contender(),
                                    CPU,
                                    round,
                                    applied.used().microsecondsFor(events));
                            progress.note(applied.used().describe(events));
                            progress.note(String.format(Locale.ROOT, "%,.0f applied/s", applied.perSecond()));
                        }))
                        .toList());
        return new Report(
                name(),
                "The consumer: from a topic to a table",
                "%,d events of about 400 bytes lie on a topic of %d partitions. How many a second does a consumer apply, each exactly once, as a row in its database?"
                        .formatted(events, ConsumerTurn.PARTITIONS),
                entrants.stream().map(ConsumerContenders.Entrant::contender).toList(),
                List.of(APPLIED, CPU),
                run.measurements(),
                goals(run.measurements(), entrants),
                List.of(
                        "Each turn of a contender has a fresh database, a fresh JVM and a topic that is empty. It first applies %,d to %,d other events, which warm it up and are discarded. Then its consumers are held before their next records, with which they wait while the events are put on the topic and the database makes a checkpoint; they stay in their group, and have fetched the first records when they are let go."
                                .formatted(warmUp(events, true), warmUp(events, false)),
                        "**applied**: the events, by the time from the moment at which the consumers are let go until all rows are committed.",
                        "**CPU**: what the processes computed meanwhile, by the number of events. It depends less than the rate does on what else the machine does; of `COPY` it contains making the rows.",
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

    /** Some half minute: until then the JVM's compilers take up to a third of what all compute. */
    private static int warmUp(int events, boolean slow) {
        return slow ? events / 4 : events * 5;
    }

    private static ConsumerTurn.Applied copy(Run run, ConsumerContenders.Entrant entrant, int events) {
        DatabaseAccess database =
                run.arena().freshDatabase("consumer-" + entrant.contender().id());
        try {
            Arena.execute(database, AppliedOrders.TABLE);
            try (ContenderRun process = run.arena().start(entrant.contender(), database)) {
                process.ask("copy", Map.of("rows", events), Map.class, ConsumerTurn.PATIENCE);
                Arena.execute(database, "truncate applied_order");
                run.arena().checkpoint();
                ProcessorTime before = run.arena().processorTime(process);
                Number micros = (Number) process.ask("copy", Map.of("rows", events), Map.class, ConsumerTurn.PATIENCE)
                        .getOrDefault("micros", 0);
                return new ConsumerTurn.Applied(
                        events * 1e6 / micros.doubleValue(),
                        run.arena().processorTime(process).since(before));
            }
        } finally {
            run.arena().drop(database);
        }
    }
}
