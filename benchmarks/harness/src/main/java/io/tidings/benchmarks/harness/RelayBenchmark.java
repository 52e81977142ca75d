package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.Load;
import io.tidings.benchmarks.contender.Loaded;
import io.tidings.benchmarks.contender.OrderBook;
import io.tidings.benchmarks.contender.OrderChanged;
import io.tidings.infrastructure.DatabaseAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** How fast, how soon and how surely what a transaction tells reaches a consumer. */
final class RelayBenchmark implements Benchmark {

    private static final int KEYS = 500;
    private static final int PER_SECOND = 200;
    private static final Duration EFFECTS_AT_MOST = Duration.ofMinutes(1);

    private static final Measure ACCEPTED = Measure.of("accepted", "accepted", "/s", 0);
    private static final Measure DELIVERED = Measure.charted("delivered", "delivered", "/s", 0);
    private static final Measure CPU = Measure.of("cpu", "CPU of contender + PostgreSQL + Kafka", "µs an event", 0);
    private static final Measure CPU_OF_CONTENDER =
            Measure.of("cpu-contender", "CPU of the contender", "µs an event", 0);
    private static final Measure CPU_OF_DATABASE = Measure.of("cpu-database", "CPU of PostgreSQL", "µs an event", 0);
    private static final Measure P50 = Measure.charted("latency-p50", "commit to consumer, p50", "ms", 2);
    private static final Measure P99 = Measure.charted("latency-p99", "commit to consumer, p99", "ms", 1);
    private static final Measure IN_ORDER = Measure.of("keys-in-order", "keys in order", "of " + KEYS, 0);
    private static final Measure LOST = Measure.of("lost", "lost after SIGKILL", "", 0);
    private static final Measure DOUBLED = Measure.of("doubled", "sent twice after SIGKILL", "", 0);

    private static final Measure WRONG_EFFECTS =
            Measure.of("wrong-effects", "applied twice or never after SIGKILL", "", 0);

    /** How long the parts of a round take. */
    private record Lengths(
            Duration warmUp, Duration load, Duration order, Duration pacedWarmUp, Duration paced, Duration patience) {

        static Lengths of(Options options) {
            return options.quick()
                    ? new Lengths(seconds(10), seconds(5), seconds(2), seconds(5), seconds(5), seconds(120))
                    : new Lengths(seconds(60), seconds(12), seconds(6), seconds(40), seconds(20), seconds(300));
        }

        private static Duration seconds(int number) {
            return Duration.ofSeconds(number);
        }
    }

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public Report measure(Run run) {
        Options options = run.options();
        Lengths lengths = Lengths.of(options);
        List<RelayContenders.Entrant> entrants = RelayContenders.all().stream()
                .filter(entrant -> options.wants(entrant.contender()))
                .toList();
        run.alternate(
                "relay",
                options.rounds(),
                entrants.stream()
                        .map(entrant -> new Run.Named(
                                entrant.contender().id(),
                                (round, progress) -> new Round(run, entrant, lengths, round, progress).play()))
                        .toList());
        run.alternate(
                "SIGKILL",
                options.quick() ? 1 : options.rounds(),
                entrants.stream()
                        .filter(RelayContenders.Entrant::tells)
                        .map(entrant -> new Run.Named(
                                entrant.contender().id(),
                                (round, progress) -> new Round(run, entrant, lengths, round, progress).playKilled()))
                        .toList());
        return new Report(
                name(),
                "The relay: from a commit to a consumer",
                """
                One transaction writes an order row and tells of it in an event of about 400 bytes. How many a second can \
                %d writers have accepted, and how many arrive at a Kafka consumer? How soon after the commit, in which \
                order, and what is left of them when the process is killed?""".formatted(RelayVisit.WRITERS),
                entrants.stream().map(RelayContenders.Entrant::contender).toList(),
                List.of(
                        ACCEPTED,
                        DELIVERED,
                        P50,
                        P99,
                        IN_ORDER,
                        LOST,
                        DOUBLED,
                        WRONG_EFFECTS,
                        CPU,
                        CPU_OF_CONTENDER,
                        CPU_OF_DATABASE),
                run.measurements(),
                goals(run.measurements(), entrants),
                method(lengths),
                run.problems());
    }

    private static List<Goal> goals(Measurements measured, List<RelayContenders.Entrant> entrants) {
        String tidings = RelayContenders.TIDINGS;
        List<Goal> goals = new ArrayList<>();
        goals.add(Goal.atLeast(
                0.8,
                " ×",
                "delivered, to what the database accepts without any event",
                measured.ratio(tidings, DELIVERED, RelayContenders.NO_EVENT, ACCEPTED)));
        measured.best(ids(entrants, RelayContenders.Kind.LOG), DELIVERED)
                .ifPresent(best -> goals.add(Goal.atLeast(
                        1.2,
                        " ×",
                        "delivered, to the best that reads the database's log (%s)".formatted(best),
                        measured.ratio(tidings, DELIVERED, best, DELIVERED))));
        measured.best(ids(entrants, RelayContenders.Kind.LIBRARY), DELIVERED)
                .ifPresent(best -> goals.add(Goal.atLeast(
                        4,
                        " ×",
                        "delivered, to the best other outbox library (%s)".formatted(best),
                        measured.ratio(tidings, DELIVERED, best, DELIVERED))));
        goals.add(Goal.atLeast(KEYS, "", "keys in order, of %d".formatted(KEYS), measured.summary(tidings, IN_ORDER))
                .inEachRound());
        goals.add(Goal.atMost(0, "", "lost after SIGKILL", measured.summary(tidings, LOST))
                .inEachRound());
        goals.add(Goal.atMost(0, "", "applied twice or never after SIGKILL", measured.summary(tidings, WRONG_EFFECTS))
                .inEachRound());
        goals.add(Goal.atMost(
                1.5, " ms", "commit to consumer at %d/s, p50".formatted(PER_SECOND), measured.summary(tidings, P50)));
        goals.add(Goal.atMost(
                6, " ms", "commit to consumer at %d/s, p99".formatted(PER_SECOND), measured.summary(tidings, P99)));
        return goals;
    }

    private static Stream<String> ids(List<RelayContenders.Entrant> entrants, RelayContenders.Kind kind) {
        return entrants.stream()
                .filter(entrant -> entrant.kind() == kind)
                .map(entrant -> entrant.contender().id());
    }

    private static List<String> method(Lengths lengths) {
        return List.of(
                "Each turn of a contender has a fresh database and a fresh JVM. %d s of the same load warm it up and are discarded, up to the arrival of their last event; then follows a checkpoint of the database."
                        .formatted(lengths.warmUp().toSeconds()),
                "**accepted**: transactions that commit in %d s, with %d writers that each begin the next one at once."
                        .formatted(lengths.load().toSeconds(), RelayVisit.WRITERS),
                "**delivered**: the events of these transactions, by the time from the first transaction's begin to the last event's arrival at the consumer. So a backlog that is left to be sent after the load counts in full.",
                "**CPU**: what the processes computed from the begin of the load to the last arrival, by the number of events. It includes what the JVM compiles meanwhile, and depends less than the rates do on what else the machine does.",
                "**commit to consumer**: %d transactions a second for %d s, evenly spaced, after %d s of them that are discarded, in which the JVMs compile what a message that comes alone goes through; from the moment at which the writer has its commit to the one at which a plain Kafka consumer in another process has the record. The value of each round is taken over all its events."
                        .formatted(
                                PER_SECOND,
                                lengths.paced().toSeconds(),
                                lengths.pacedWarmUp().toSeconds()),
                "**keys in order**: %d orders are changed again and again for %d s, each change under the order's row lock; the key of an order's events is its id. A key is in order if its consumer never sees an older version after a newer one."
                        .formatted(KEYS, lengths.order().toSeconds()),
                "**SIGKILL**: in the middle of the load the contender's process is killed, and started again without load. Lost is what was committed and has not arrived when there was time for every retry; sent twice is what consumers get more than once, and have to recognise.",
                "**applied twice or never**: where a contender brings an inbox, a consumer with it is killed at the same moment, and the rows that it wrote are counted.",
                "Every event is accounted for: what is in the table of orders was seen exactly once, and nothing else was; otherwise the round is named under the problems, and the command fails.");
    }

    /** One contender's turn. */
    private static final class Round {

        private final Run run;
        private final Arena arena;
        private final RelayContenders.Entrant entrant;
        private final Contender contender;
        private final Lengths lengths;
        private final int round;
        private final Progress progress;

        Round(Run run, RelayContenders.Entrant entrant, Lengths lengths, int round, Progress progress) {
            this.run = run;
            this.arena = run.arena();
            this.entrant = entrant;
            this.contender = entrant.contender();
            this.lengths = lengths;
            this.round = round;
            this.progress = progress;
        }

        void play() {
            try (RelayVisit visit = RelayVisit.begin(arena, entrant, lengths.patience())) {
                visit.load(lengths.warmUp());
                arena.checkpoint();
                measureThroughput(visit);
                if (entrant.tells()) {
                    visit.load(lengths.order(), KEYS, 0);
                    measureLatency(visit);
                    account(visit.end());
                }
            }
        }

        private void measureThroughput(RelayVisit visit) {
            ProcessorTime before = arena.processorTime(visit.process());
            Loaded loaded = visit.load(lengths.load());
            measureProcessorTime(arena.processorTime(visit.process()).since(before), loaded.accepted());
            run.add(contender, ACCEPTED, round, loaded.acceptedPerSecond());
            if (entrant.tells()) {
                double delivered = visit.deliveredPerSecond(loaded);
                run.add(contender, DELIVERED, round, delivered);
                progress.note(format("%,.0f accepted/s, %,.0f delivered/s", loaded.acceptedPerSecond(), delivered));
            } else {
                progress.note(format("%,.0f accepted/s", loaded.acceptedPerSecond()));
            }
        }

        private void measureProcessorTime(ProcessorTime time, long events) {
            run.add(contender, CPU, round, time.microsecondsFor(events));
            run.add(contender, CPU_OF_CONTENDER, round, time.contender().toNanos() / 1e3 / events);
            run.add(contender, CPU_OF_DATABASE, round, time.database().toNanos() / 1e3 / events);
            progress.note(time.describe(events));
        }

        private void measureLatency(RelayVisit visit) {
            visit.load(lengths.pacedWarmUp(), 0, PER_SECOND);
            Loaded loaded = visit.load(lengths.paced(), 0, PER_SECOND);
            Percentiles latencies = new Percentiles(loaded.committedAt().entrySet().stream()
                    .map(commit ->
                            (visit.observer().firstAt(commit.getKey()).orElseThrow() - commit.getValue()) / 1000.0)
                    .toList());
            run.add(contender, P50, round, latencies.at(50));
            run.add(contender, P99, round, latencies.at(99));
            progress.note(format(
                    "commit to consumer at %d/s: p50 %.2f ms, p99 %.1f ms",
                    PER_SECOND, latencies.at(50), latencies.at(99)));
        }

        private void account(Tally tally) {
            run.add(contender, IN_ORDER, round, (double) KEYS - tally.invertedKeys());
            progress.note(format("%d of %d keys in order", KEYS - tally.invertedKeys(), KEYS));
            tally.inexactness()
                    .ifPresent(sentence ->
                            run.problem("relay, %s, round %d: %s".formatted(contender.id(), round, sentence)));
        }

        void playKilled() throws InterruptedException {
            arena.emptyTopic(OrderChanged.TOPIC, RelayVisit.PARTITIONS);
            DatabaseAccess database = arena.freshDatabase("killed-" + contender.id());
            try (Observer observer = Observer.of(arena.kafka(), OrderChanged.TOPIC);
                    Effects effects = entrant.consumer()
                            .map(consumer -> Effects.of(arena, consumer))
                            .orElse(null)) {
                Arena.execute(database, OrderBook.TABLE);
                ContenderRun killed = arena.start(contender, database);
                killed.tell(
                        Load.TASK,
                        new Load(RelayVisit.WRITERS, Duration.ofMinutes(5).toMillis(), 0, 0));
                // At another moment each time: one that is always the same may always be a lucky one.
                Thread.sleep(4000 + 377L * round);
                killed.kill();
                if (effects != null) {
                    effects.killAndRestart();
                }
                try (ContenderRun restarted = arena.start(contender, database)) {
                    observer.await(RelayVisit.committed(database).size(), entrant.patience());
                    // A duplicate may come after the last that was missing.
                    Thread.sleep(2000);
                }
                Map<UUID, Long> committed = RelayVisit.committed(database);
                accountKilled(observer.tally(committed));
                if (effects != null) {
                    long wrong = effects.wrong(committed.size(), EFFECTS_AT_MOST);
                    run.add(contender, WRONG_EFFECTS, round, wrong);
                    progress.note(format("%,d orders were applied twice or never", wrong));
                }
            } finally {
                arena.drop(database);
            }
        }

        private void accountKilled(Tally tally) {
            run.add(contender, LOST, round, tally.lost());
            run.add(contender, DOUBLED, round, tally.doubled());
            progress.note(format(
                    "of %,d committed events %,d were lost and %,d sent twice",
                    tally.committed(), tally.lost(), tally.doubled()));
            if (tally.phantom() > 0) {
                run.problem("SIGKILL, %s, round %d: %,d events came that were never committed."
                        .formatted(contender.id(), round, tally.phantom()));
            }
        }

        private static String format(String form, Object... values) {
            return String.format(Locale.ROOT, form, values);
        }
    }
}
