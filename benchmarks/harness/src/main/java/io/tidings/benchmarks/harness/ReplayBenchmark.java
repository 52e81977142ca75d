package io.tidings.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many events a second go into a projection that is made again from the audit log. */
final class ReplayBenchmark implements Benchmark {

    private static final int ORDERS_A_SECOND = 20;

    private static final Measure LIVE = Measure.of("live", "taken live while the shop was filled", "events/s", 0);
    private static final Measure TOLD = Measure.of("told", "told again", "messages", 0);
    private static final Measure EVENTS = Measure.of("events", "of them into the projection", "events", 0);
    private static final Measure IDLE = Measure.charted("idle", "rebuilt while the shop is idle", "events/s", 0);
    private static final Measure BUSY = Measure.charted("busy", "rebuilt while orders come", "events/s", 0);
    private static final Measure STILL = Measure.of("still", "made again within, while orders come", "s", 1);
    private static final Measure CAUGHT_UP =
            Measure.of("caught-up", "live events that waited were taken after another", "s", 1);

    /**
     * How much there is to tell again.
     *
     * @param prices that change; besides the orders of that time
     */
    private record Course(int prices, Duration orders) {

        static final Course FULL = new Course(20_000, Duration.ofSeconds(60));
        static final Course QUICK = new Course(3_000, Duration.ofSeconds(10));
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public Map<String, String> surroundings() {
        return new SagaBenchmark().surroundings();
    }

    @Override
    public Report measure(Run run) {
        Course course = run.options().quick() ? Course.QUICK : Course.FULL;
        List<RebuildTarget> targets = RebuildTarget.all().stream()
                .filter(target -> run.options().wants(target.contender()))
                .toList();
        Path root = Path.of(System.getProperty("tidings.root", "."));
        run.alternate(
                "replay",
                run.options().rounds(),
                List.of(new Run.Named(
                        "all services", (round, progress) -> play(run, root, targets, course, round, progress))));
        return new Report(
                name(),
                "Replay: from the audit log into a projection",
                "A projection is made again from all that was ever told, into a second copy beside the one in use, while the shop runs. How many events a second go into it, and for how long do live ones wait?",
                targets.stream().map(RebuildTarget::contender).toList(),
                List.of(TOLD, EVENTS, IDLE, BUSY, STILL, CAUGHT_UP, LIVE),
                run.measurements(),
                List.of(),
                method(course),
                run.problems());
    }

    private static void play(
            Run run, Path root, List<RebuildTarget> targets, Course course, int round, Progress progress)
            throws Exception {
        try (ShopVisit visit = ShopVisit.begin(root, ShopContenders.tidings(), SagaBenchmark.CUSTOMERS)) {
            visit.settle();
            fill(run, visit, targets, course, round, progress);
            for (RebuildTarget target : targets) {
                rebuildAlone(run, visit, target, round); // warms it up
            }
            for (RebuildTarget target : targets) {
                addBusy(run, target, round, progress, rebuildUnderOrders(visit, target));
            }
            for (RebuildTarget target : targets) {
                // What the rebuild under orders has made must be what this one makes.
                addIdle(run, target, round, progress, rebuildAlone(run, visit, target, round));
            }
            visit.discrepancies().forEach(sentence -> run.problem("replay, round %d: %s".formatted(round, sentence)));
        }
    }

    private static void fill(
            Run run, ShopVisit visit, List<RebuildTarget> targets, Course course, int round, Progress progress)
            throws InterruptedException {
        Map<RebuildTarget, Long> before = new LinkedHashMap<>();
        targets.forEach(target -> before.put(target, handled(visit, target)));
        long began = System.nanoTime();
        visit.crowd().changePrices(course.prices());
        visit.crowd().closedLoop(course.orders());
        visit.settle();
        double seconds = (System.nanoTime() - began) / 1e9;
        before.forEach((target, handled) ->
                run.add(target.contender(), LIVE, round, (handled(visit, target) - handled) / seconds));
        progress.note(String.format(
                Locale.ROOT,
                "%,d prices changed and %,d orders completed within %.0f s",
                course.prices(),
                visit.ledger().placed(),
                seconds));
    }

    private static long handled(ShopVisit visit, RebuildTarget target) {
        return target.handled(visit.shop().database(target.service()));
    }

    /** Makes a projection again while nothing else happens, after which it must be as it was. */
    private static Rebuild rebuildAlone(Run run, ShopVisit visit, RebuildTarget target, int round)
            throws InterruptedException {
        Map<String, String> before = target.contents(visit.shop().database(target.service()));
        Rebuild rebuild = Rebuild.of(visit, target);
        Map<String, String> after = target.contents(visit.shop().database(target.service()));
        before.forEach((table, rows) -> {
            if (!rows.equals(after.get(table))) {
                run.problem("replay, %s, round %d: %s had %s, and has %s after its rebuild."
                        .formatted(target.service(), round, table, rows, after.get(table)));
            }
        });
        return rebuild;
    }

    private static Rebuild rebuildUnderOrders(ShopVisit visit, RebuildTarget target) throws InterruptedException {
        Rebuild rebuild;
        try (SteadyOrders orders = new SteadyOrders(visit.crowd(), ORDERS_A_SECOND)) {
            rebuild = Rebuild.of(visit, target);
        }
        visit.settle();
        return rebuild;
    }

    private static void addBusy(Run run, RebuildTarget target, int round, Progress progress, Rebuild rebuild) {
        run.add(target.contender(), BUSY, round, rebuild.perSecond());
        run.add(target.contender(), STILL, round, rebuild.seconds());
        run.add(target.contender(), CAUGHT_UP, round, rebuild.caughtUpAfter());
        progress.note(String.format(
                Locale.ROOT,
                "%s while orders come: %,.0f events/s within %.1f s, caught up %.1f s later",
                target.service(),
                rebuild.perSecond(),
                rebuild.seconds(),
                rebuild.caughtUpAfter()));
    }

    private static void addIdle(Run run, RebuildTarget target, int round, Progress progress, Rebuild rebuild) {
        run.add(target.contender(), TOLD, round, rebuild.told());
        run.add(target.contender(), EVENTS, round, rebuild.events());
        run.add(target.contender(), IDLE, round, rebuild.perSecond());
        progress.note(String.format(
                Locale.ROOT,
                "%s while idle: %,d events of %,d messages at %,.0f/s",
                target.service(),
                rebuild.events(),
                rebuild.told(),
                rebuild.perSecond()));
    }

    private static List<String> method(Course course) {
        return List.of(
                "Each round has a fresh shop, of all ten services in one JVM. It is filled over its own doors: %d customers sign up, %,d prices change, and orders are placed and completed in a closed loop for %d s. Each service has heard of all of it before anything is measured."
                        .formatted(
                                SagaBenchmark.CUSTOMERS,
                                course.prices(),
                                course.orders().toSeconds()),
                "Then each projection is made again three times by `POST /replays`, what `./tidings rebuild` does: once to warm it up; once while %d orders come a second; once while nothing else happens."
                        .formatted(ORDERS_A_SECOND),
                "A rebuild tells all messages that were recorded on the topics that the service listens to, those that it has no handler for too, which it passes over. Events are those that it handled, as its inbox has them.",
                "**rebuilt**: these events, by the time from the request to the moment at which the second copy has taken the place of the first. So what audit-service reads, verifies and sends over Kafka, the handlers, the inbox, waiting for the topics' ends, and the change-over are all in it. Whom few of the messages concern pays for passing the others over.",
                "**made again within**: that is how long it stood still, and live events waited, at most. **taken after another**: from then on until the service has taken all live events that lay on its topics at that moment; it looks whether it may go on every five seconds at most.",
                "**taken live**: the events that the same service handled while the shop was filled, by the time until all had been heard. It is for scale: what comes live is bounded by what the other services tell, so it is no limit of the consumer, which [consumer](consumer.md) measures.",
                "Before and after each rebuild without orders, all rows of the projection's tables are compared, by number and by digest: the first time what was heard live, the last time what was rebuilt while orders came. A difference is a problem, and the command fails. So is an order that did not complete.");
    }
}
