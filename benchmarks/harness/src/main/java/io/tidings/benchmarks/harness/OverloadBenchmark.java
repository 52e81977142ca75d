package io.tidings.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the shop does with more orders than it can bear, and after it. */
final class OverloadBenchmark implements Benchmark {

    private static final double EXCESS = 1.5;
    private static final double NORMAL = 0.5;
    private static final int REFUSED = 503;

    private static final Measure CAPACITY = Measure.of("capacity", "completed in a closed loop", "/s", 0);
    private static final Measure OFFERED = Measure.of("offered", "offered", "/s", 0);
    private static final Measure ACCEPTED = Measure.of("accepted", "accepted", "/s", 0);
    private static final Measure REFUSALS = Measure.of("refused", "refused", "%", 1);
    private static final Measure ACCEPTED_99 = Measure.of("accepted-p99", "accepted, answered within, p99", "ms", 0);
    private static final Measure REFUSED_99 = Measure.of("refused-p99", "refused, answered within, p99", "ms", 0);
    private static final Measure UNDER_WAY = Measure.of("under-way", "orders under way, at most", "", 0);
    private static final Measure MEMORY = Measure.of("memory", "resident, at most", "MiB", 0);
    private static final Measure GROWTH = Measure.of("memory-growth", "resident, to before", "×", 2);
    private static final Measure DRAIN = Measure.of("drain", "drained after", "s", 1);
    private static final Measure NORMAL_99 = Measure.of("normal-p99", "completed at half load after it, p99", "ms", 0);

    /** How long each part of a turn lasts. */
    private record Course(Duration warmUp, Duration closed, Duration excess, Duration normal) {

        static final Course FULL = new Course(
                Duration.ofSeconds(120), Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(20));
        static final Course QUICK = new Course(
                Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(5));
    }

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public Map<String, String> surroundings() {
        return new SagaBenchmark().surroundings();
    }

    @Override
    public Report measure(Run run) {
        Course course = run.options().quick() ? Course.QUICK : Course.FULL;
        Contender shop = ShopContenders.tidings();
        Path root = Path.of(System.getProperty("tidings.root", "."));
        run.alternate(
                "overload",
                run.options().rounds(),
                List.of(new Run.Named(shop.id(), (round, progress) -> play(run, root, shop, course, round, progress))));
        return new Report(
                name(),
                "Overload: more orders than the shop can bear",
                "Orders come at 150 % of what the whole shop completes, and then at half of it. What is refused, how fast, and what becomes of the orders that were accepted?",
                List.of(shop),
                List.of(
                        CAPACITY,
                        OFFERED,
                        ACCEPTED,
                        REFUSALS,
                        ACCEPTED_99,
                        REFUSED_99,
                        UNDER_WAY,
                        MEMORY,
                        GROWTH,
                        DRAIN,
                        NORMAL_99),
                run.measurements(),
                goals(run.measurements(), shop),
                method(course),
                run.problems());
    }

    private static void play(Run run, Path root, Contender shop, Course course, int round, Progress progress)
            throws Exception {
        try (ShopVisit visit = ShopVisit.begin(root, shop, SagaBenchmark.CUSTOMERS)) {
            visit.crowd().closedLoop(course.warmUp());
            visit.settle();
            Crowd.Span closed = visit.crowd().closedLoop(course.closed());
            double capacity = visit.ledger().count(order -> closed.holds(order.endedAt())) / closed.seconds();
            visit.settle();

            double before = visit.shop().residentMegabytes();
            Queue<Crowd.Asked> asked = new ConcurrentLinkedQueue<>();
            try (Peak underWay = Peak.of(visit.ledger()::underWay);
                    Peak resident = Peak.of(visit.shop()::residentMegabytes)) {
                Crowd.Span excess = visit.crowd().openLoop(EXCESS * capacity, course.excess(), asked::add);
                double drained = visit.settle().toMillis() / 1000.0;
                add(run, shop, round, capacity, excess, asked);
                run.add(shop, DRAIN, round, drained);
                run.add(shop, UNDER_WAY, round, underWay.value());
                run.add(shop, MEMORY, round, resident.value());
                run.add(shop, GROWTH, round, resident.value() / before);
                progress.note(String.format(
                        Locale.ROOT,
                        "%,.0f/s for %,.0f/s: %,d accepted, %,d refused; drained after %.1f s; %,d under way and %,.0f MiB at most, %,.0f before",
                        EXCESS * capacity,
                        capacity,
                        asked.stream().filter(OverloadBenchmark::isAccepted).count(),
                        asked.stream().filter(OverloadBenchmark::isRefused).count(),
                        drained,
                        (long) underWay.value(),
                        resident.value(),
                        before));
            }
            strangers(asked).forEach(sentence -> run.problem("overload, round %d: %s".formatted(round, sentence)));

            Crowd.Span normal = visit.crowd().openLoop(NORMAL * capacity, course.normal());
            visit.settle();
            run.add(
                    shop,
                    NORMAL_99,
                    round,
                    new Percentiles(visit.ledger().wantedBetween(normal.from(), normal.to()).stream()
                                    .map(OrderCourse::milliseconds)
                                    .toList())
                            .at(99));
            visit.discrepancies().forEach(sentence -> run.problem("overload, round %d: %s".formatted(round, sentence)));
        }
    }

    private static void add(
            Run run, Contender shop, int round, double capacity, Crowd.Span excess, Queue<Crowd.Asked> asked) {
        List<Double> accepted = asked.stream()
                .filter(OverloadBenchmark::isAccepted)
                .map(Crowd.Asked::milliseconds)
                .toList();
        List<Double> refused = asked.stream()
                .filter(OverloadBenchmark::isRefused)
                .map(Crowd.Asked::milliseconds)
                .toList();
        run.add(shop, CAPACITY, round, capacity);
        run.add(shop, OFFERED, round, asked.size() / excess.seconds());
        run.add(shop, ACCEPTED, round, accepted.size() / excess.seconds());
        run.add(shop, REFUSALS, round, 100.0 * refused.size() / asked.size());
        run.add(shop, ACCEPTED_99, round, new Percentiles(accepted).at(99));
        if (!refused.isEmpty()) {
            run.add(shop, REFUSED_99, round, new Percentiles(refused).at(99));
        }
    }

    private static boolean isAccepted(Crowd.Asked asked) {
        return asked.answer().isPlaced();
    }

    private static boolean isRefused(Crowd.Asked asked) {
        return asked.answer().status() == REFUSED;
    }

    /** Answers that are neither an order nor a refusal which says when to come again. */
    private static List<String> strangers(Queue<Crowd.Asked> asked) {
        long others = asked.stream()
                .filter(one -> !isAccepted(one) && !isRefused(one))
                .count();
        long silent = asked.stream()
                .filter(one -> isRefused(one) && one.answer().retryAfter().isEmpty())
                .count();
        return others + silent == 0
                ? List.of()
                : List.of("%,d answers were neither 201 nor 503, and %,d refusals had no Retry-After"
                        .formatted(others, silent));
    }

    private static List<Goal> goals(Measurements measured, Contender shop) {
        return List.of(
                Goal.atMost(1_000, " ms", "answer to an accepted order, p99", measured.summary(shop.id(), ACCEPTED_99)),
                Goal.atMost(50, " ms", "answer to a refused order, p99", measured.summary(shop.id(), REFUSED_99)));
    }

    private static List<String> method(Course course) {
        return List.of(
                "The capacity is what a closed loop completes in %d s, as in [saga](saga.md), after %d s of warm-up."
                        .formatted(course.closed().toSeconds(), course.warmUp().toSeconds()),
                "Then orders are posted in an open loop at 150 %% of that for %d s, and, when all of it is through, at half of it for %d s. Times count from when an order was to be posted, so what the load generator is late by is in them."
                        .formatted(course.excess().toSeconds(), course.normal().toSeconds()),
                "**drained after**: how long after the last of the excess until every accepted order has completed, the last mail is sent and no service has a message left to take.",
                "**resident**: of the JVM of all services and Kafka, looked at four times a second from the beginning of the excess to the end of the draining.",
                "At the end every order that was answered with 201 has completed exactly once, on the topic and in the databases; an answer that is neither 201 nor 503 with `Retry-After` is a problem. Problems are named, and the command fails.");
    }
}
