package io.tidings.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many orders a second go from {@code POST /orders} to {@code OrderCompleted}, in the whole shop, and how fast. */
final class SagaBenchmark implements Benchmark {

    private static final Measure ACCEPTED = Measure.of("accepted", "accepted", "/s", 0);
    private static final Measure COMPLETED = Measure.charted("completed", "completed", "/s", 0);
    private static final Measure BEHIND = Measure.of("behind", "all services caught up after", "s", 1);
    private static final Measure HALF_50 = Measure.of("half-p50", "half load, p50", "ms", 1);
    private static final Measure HALF_99 = Measure.charted("half-p99", "half load, p99", "ms", 1);
    private static final Measure IDLE_50 = Measure.of("idle-p50", "idle, p50", "ms", 1);
    private static final Measure IDLE_99 = Measure.of("idle-p99", "idle, p99", "ms", 1);
    private static final Measure SHOP = Measure.of("shop-cpu", "CPU an order: services and Kafka", "ms", 2);
    private static final Measure DATABASE = Measure.of("database-cpu", "CPU an order: PostgreSQL", "ms", 2);
    private static final Measure LOAD = Measure.of("load-cpu", "CPU an order: load generator", "ms", 2);

    /** So many orders are under way at the same time, at most, in a closed loop. */
    static final int CUSTOMERS = 400;

    private static final int MOST_ALONE = 500;

    /** How long each part of a turn lasts. */
    private record Course(Duration warmUp, Duration closed, Duration open, Duration alone) {

        static final Course FULL = new Course(
                Duration.ofSeconds(420), Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(40));
        static final Course QUICK = new Course(
                Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    @Override
    public String name() {
        return "saga";
    }

    @Override
    public Map<String, String> surroundings() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "PostgreSQL",
                "18, in processes of its own: `fsync`, `synchronous_commit` and `full_page_writes` on, `max_wal_size=%s`"
                        .formatted(Arena.MOST_LOG));
        facts.put("Kafka", "one broker in the JVM of the services, as `./tidings up` has it");
        facts.put(
                "every contender",
                "all ten services in one JVM: `%s`".formatted(String.join(" ", ShopProcess.JVM_OPTIONS)));
        return facts;
    }

    @Override
    public Report measure(Run run) {
        Course course = run.options().quick() ? Course.QUICK : Course.FULL;
        List<Contender> contenders =
                ShopContenders.all().stream().filter(run.options()::wants).toList();
        Path root = Path.of(System.getProperty("tidings.root", "."));
        run.alternate(
                "saga",
                run.options().rounds(),
                contenders.stream()
                        .map(contender -> new Run.Named(
                                contender.id(),
                                (round, progress) -> play(run, root, contender, course, round, progress)))
                        .toList());
        return new Report(
                name(),
                "The saga: from POST /orders to OrderCompleted",
                "An order is placed, its stock is reserved, it is paid, shipped and completed, and those who mail, count, record and recommend hear of it. Eight of the ten services handle its messages, and user-service is asked for the address of the mail; search-service runs beside them and has no part in it. How many orders a second does the whole shop complete, and how long does one take?",
                contenders,
                List.of(ACCEPTED, COMPLETED, BEHIND, HALF_50, HALF_99, IDLE_50, IDLE_99, SHOP, DATABASE, LOAD),
                run.measurements(),
                goals(run.measurements()),
                method(course),
                run.problems());
    }

    private static void play(Run run, Path root, Contender contender, Course course, int round, Progress progress)
            throws Exception {
        try (ShopVisit visit = ShopVisit.begin(root, contender, CUSTOMERS)) {
            visit.crowd().closedLoop(course.warmUp());
            visit.settle();

            ShopProcess.Usage before = visit.shop().usage();
            Crowd.Span closed = visit.crowd().closedLoop(course.closed());
            double accepted = visit.ledger().count(order -> closed.holds(order.answeredAt())) / closed.seconds();
            double completed = visit.ledger().count(order -> closed.holds(order.endedAt())) / closed.seconds();
            double behind = visit.settle().toMillis() / 1000.0;
            ShopProcess.Usage used = visit.shop().usage().since(before);
            long orders =
                    visit.ledger().wantedBetween(closed.from(), closed.to()).size();
            run.add(contender, ACCEPTED, round, accepted);
            run.add(contender, COMPLETED, round, completed);
            run.add(contender, BEHIND, round, behind);
            run.add(contender, SHOP, round, (double) used.shop().toMillis() / orders);
            run.add(contender, DATABASE, round, (double) used.database().toMillis() / orders);
            run.add(contender, LOAD, round, (double) used.load().toMillis() / orders);
            progress.note(String.format(
                    Locale.ROOT,
                    "%,.0f accepted/s, %,.0f completed/s, all services caught up after %.1f s; CPU ms an order: shop %.2f, PostgreSQL %.2f, load %.2f",
                    accepted,
                    completed,
                    behind,
                    (double) used.shop().toMillis() / orders,
                    (double) used.database().toMillis() / orders,
                    (double) used.load().toMillis() / orders));

            Crowd.Span open = visit.crowd().openLoop(completed / 2, course.open());
            visit.settle();
            Percentiles half = latencies(visit, open);
            run.add(contender, HALF_50, round, half.at(50));
            run.add(contender, HALF_99, round, half.at(99));

            Crowd.Span alone = visit.crowd().oneAtATime(MOST_ALONE, course.alone());
            visit.settle();
            Percentiles idle = latencies(visit, alone);
            run.add(contender, IDLE_50, round, idle.at(50));
            run.add(contender, IDLE_99, round, idle.at(99));
            progress.note(String.format(
                    Locale.ROOT,
                    "half load p50 %.1f ms, p99 %.1f ms; idle p50 %.1f ms, p99 %.1f ms; %.0f MiB resident",
                    half.at(50),
                    half.at(99),
                    idle.at(50),
                    idle.at(99),
                    visit.shop().residentMegabytes()));
            visit.discrepancies()
                    .forEach(sentence ->
                            run.problem("saga, %s, round %d: %s".formatted(contender.id(), round, sentence)));
        }
    }

    private static Percentiles latencies(ShopVisit visit, Crowd.Span span) {
        return new Percentiles(visit.ledger().wantedBetween(span.from(), span.to()).stream()
                .map(OrderCourse::milliseconds)
                .toList());
    }

    private static List<Goal> goals(Measurements measured) {
        List<Goal> goals = new ArrayList<>();
        String ours = ShopContenders.TIDINGS;
        goals.add(Goal.atLeast(500, "/s", "orders completed", measured.summary(ours, COMPLETED)));
        goals.add(Goal.atLeast(
                8,
                " ×",
                "orders completed, to the usual way",
                measured.ratio(ours, COMPLETED, ShopContenders.USUAL, COMPLETED)));
        goals.add(Goal.atMost(250, " ms", "POST to OrderCompleted at half load, p99", measured.summary(ours, HALF_99)));
        goals.add(Goal.atMost(25, " ms", "POST to OrderCompleted when idle, p50", measured.summary(ours, IDLE_50)));
        goals.add(Goal.atMost(80, " ms", "POST to OrderCompleted when idle, p99", measured.summary(ours, IDLE_99)));
        return goals;
    }

    private static List<String> method(Course course) {
        return List.of(
                "Each turn of a contender has a fresh JVM and fresh data. %d customers with accounts of their own order any of 50 products, one piece at a time, by choreography."
                        .formatted(CUSTOMERS),
                "Orders are posted to order-service's own door by the harness, a process on the same cores. The end of an order is seen by a consumer of the topic `orders` in the harness: whatever is measured ends when `OrderCompleted` was heard, not when it was written.",
                "**accepted, completed**: a closed loop for %d s, after %d s that are discarded. Each customer places the next order when the last one has completed; at most %d calls are open at a time. Who is refused comes again when told to, and the time of the order counts from the first time."
                        .formatted(course.closed().toSeconds(), course.warmUp().toSeconds(), Crowd.CLOSED_CALLS),
                "**all services caught up after**: how long after the closed loop until the last of its orders has completed, the last mail is sent and no service has a message left to take. What is deferred is seen here.",
                "**half load**: an open loop for %d s at half of what the same contender completed in this turn. Orders come at fixed times whatever became of those before; the time of an order counts from when it was to be placed."
                        .formatted(course.open().toSeconds()),
                "**idle**: an order at a time, the next when the last has completed, up to %d of them within %d s."
                        .formatted(MOST_ALONE, course.alone().toSeconds()),
                "**CPU an order**: processor time of the closed loop and of catching up, by its orders.",
                "At the end of a turn every order that was answered with 201 has told `OrderCompleted` exactly once, and is completed in order-service's database, paid in payment-service's, shipped in shipping-service's and written about in email-service's; otherwise the turn is named under the problems, and the command fails.");
    }
}
