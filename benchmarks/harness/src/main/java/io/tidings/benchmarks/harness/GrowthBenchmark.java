package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.Clock;
import io.tidings.benchmarks.contender.Loaded;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether Tidings stays as fast as it is when there is much already. What takes turns here is how much that is. */
final class GrowthBenchmark implements Benchmark {

    private static final Measure DELIVERED = Measure.charted("delivered", "relay: delivered", "/s", 0);
    private static final Measure APPLIED = Measure.charted("applied", "consumer: applied", "/s", 0);
    private static final Measure COMPLETED = Measure.charted("completed", "saga: completed", "/s", 0);
    private static final Measure DELIVERED_CPU = Measure.of("delivered-cpu", "relay: CPU", "µs an event", 0);
    private static final Measure APPLIED_CPU = Measure.of("applied-cpu", "consumer: CPU", "µs an event", 0);
    private static final Measure COMPLETED_CPU = Measure.of("completed-cpu", "saga: CPU", "ms an order", 2);
    private static final Measure READ_50 = Measure.of("read-p50", "REST reads, p50", "ms", 2);
    private static final Measure READ_99 = Measure.charted("read-p99", "REST reads, p99", "ms", 1);
    private static final Measure SHORT_DRAINED = Measure.of("short-drained", "a short backlog drains", "/s", 0);
    private static final Measure DRAINED = Measure.of("drained", "the backlog drains", "/s", 0);
    private static final Measure MEMORY = Measure.of("memory", "resident at most, without it", "MiB", 0);
    private static final Measure MEMORY_WITH = Measure.of("memory-with", "resident at most, with it", "MiB", 0);

    /** A consumer is measured for some eight seconds, in which the machine may be faster or slower than before. */
    private static final int CONSUMER_TURNS = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(20);

    private static final String PAST_ORDERS_OF_RELAY = """
            insert into orders (id, version, customer, address, total_minor, currency, note)
            select uuidv7(), 0, 'Customer of order ' || number, number %% 200 || ', Harbour Street, 20457 Hamburg',
                1000 + number %% 100000, 'EUR', repeat('Please ring twice. ', 10)
            from generate_series(1, %d) as number
            """;

    /**
     * How much there is, and how long each part of a turn lasts.
     *
     * @param sizes orders that are there already, from the fewest to the most
     * @param backlog messages that wait after the outage
     * @param shortBacklog what is as good as none
     * @param eventsToWarmUp that a consumer applies before
     * @param events that it applies then
     * @param reads rounds of REST reads
     */
    private record Course(
            List<Integer> sizes,
            int backlog,
            int shortBacklog,
            Duration relayWarmUp,
            Duration relay,
            int eventsToWarmUp,
            int events,
            Duration sagaWarmUp,
            Duration saga,
            int reads) {

        static final Course FULL = new Course(
                List.of(1_000, 100_000, 1_000_000),
                1_000_000,
                100_000,
                Duration.ofSeconds(40),
                Duration.ofSeconds(20),
                1_000_000,
                400_000,
                Duration.ofSeconds(120),
                Duration.ofSeconds(30),
                250);
        static final Course QUICK = new Course(
                List.of(1_000, 10_000, 100_000),
                100_000,
                20_000,
                Duration.ofSeconds(8),
                Duration.ofSeconds(5),
                30_000,
                30_000,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                50);

        static Course of(Options options) {
            return options.quick() ? QUICK : FULL;
        }

        Contender fewest() {
            return contender(sizes.getFirst());
        }

        Contender most() {
            return contender(sizes.getLast());
        }

        Contender afterOutage() {
            return contender(
                    "backlog",
                    format("%,d messages in the outbox", backlog),
                    "What waits when the relay goes on after an outage.");
        }

        static Contender contender(int size) {
            return contender(
                    "orders-" + size,
                    format("%,d orders", size),
                    "So many orders are there before anything is measured.");
        }

        private static Contender contender(String id, String title, String remark) {
            Contender shop = ShopContenders.tidings();
            return new Contender(id, title, shop.module(), shop.mainClass(), shop.libraries(), Map.of(), remark);
        }
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public Map<String, String> surroundings() {
        Map<String, String> shop = new SagaBenchmark().surroundings();
        Map<String, String> facts = new LinkedHashMap<>();
        shop.forEach((name, fact) -> facts.put(name + ", for saga and reads", fact));
        return facts;
    }

    @Override
    public Report measure(Run run) {
        Options options = run.options();
        Course course = Course.of(options);
        int rounds = options.rounds();
        alternate(run, course, "relay", rounds, size -> (round, progress) -> relay(run, course, size, round, progress));
        alternate(
                run,
                course,
                "consumer",
                rounds * CONSUMER_TURNS,
                size -> (round, progress) -> consumer(run, course, size, round, progress));
        alternate(
                run,
                course,
                "saga and reads",
                rounds,
                size -> (round, progress) -> shop(run, course, size, round, progress));
        if (options.wants(course.afterOutage())) {
            run.alternate(
                    "backlog",
                    rounds,
                    List.of(new Run.Named(
                            course.afterOutage().id(), (round, progress) -> backlog(run, course, round, progress))));
        }
        return new Report(
                name(),
                "Growth: the same with much there already",
                format(
                        "The relay, the consumer, the saga and the REST reads, with %,d to %,d orders already there; and the relay when %,d messages wait in the outbox after an outage. Does anything get slower the more there is?",
                        course.sizes().getFirst(), course.sizes().getLast(), course.backlog()),
                Stream.concat(course.sizes().stream().map(Course::contender), Stream.of(course.afterOutage()))
                        .filter(options::wants)
                        .toList(),
                measures(),
                run.measurements(),
                goals(run.measurements(), course),
                method(course),
                run.problems());
    }

    private static void alternate(Run run, Course course, String what, int rounds, Function<Integer, Run.Turn> turn) {
        run.alternate(
                what,
                rounds,
                course.sizes().stream()
                        .filter(size -> run.options().wants(Course.contender(size)))
                        .map(size -> new Run.Named(Course.contender(size).id(), turn.apply(size)))
                        .toList());
    }

    private static void relay(Run run, Course course, int size, int round, Progress progress) {
        try (RelayVisit visit = RelayVisit.begin(run.arena(), RelayContenders.ours(), PATIENCE)) {
            Arena.execute(visit.database(), PAST_ORDERS_OF_RELAY.formatted(size));
            Arena.execute(visit.database(), "vacuum analyze");
            visit.load(course.relayWarmUp());
            run.arena().checkpoint();
            ProcessorTime before = run.arena().processorTime(visit.process());
            Loaded load = visit.load(course.relay());
            double delivered = visit.deliveredPerSecond(load);
            double cpu =
                    run.arena().processorTime(visit.process()).since(before).microsecondsFor(load.accepted());
            run.add(Course.contender(size), DELIVERED, round, delivered);
            run.add(Course.contender(size), DELIVERED_CPU, round, cpu);
            progress.note(format("%,.0f delivered/s, CPU %.0f µs an event", delivered, cpu));
            account(run, "relay, %,d orders".formatted(size), round, visit.end());
        }
    }

    private static void consumer(Run run, Course course, int size, int round, Progress progress)
            throws InterruptedException {
        ConsumerTurn.Applied applied = new ConsumerTurn(
                        run.arena(), ConsumerContenders.ours(), size, course.eventsToWarmUp(), course.events())
                .play();
        run.add(Course.contender(size), APPLIED, round, applied.perSecond());
        double cpu = applied.used().microsecondsFor(course.events());
        run.add(Course.contender(size), APPLIED_CPU, round, cpu);
        progress.note(format("%,.0f applied/s, CPU %.0f µs an event", applied.perSecond(), cpu));
    }

    private static void shop(Run run, Course course, int size, int round, Progress progress)
            throws InterruptedException {
        Contender contender = Course.contender(size);
        Path root = Path.of(System.getProperty("tidings.root", "."));
        PastOrders past = PastOrders.until(Instant.now(), size);
        try (ShopVisit visit = ShopVisit.begin(root, ShopContenders.tidings(), SagaBenchmark.CUSTOMERS)) {
            visit.settle();
            visit.remember(past);
            visit.crowd().closedLoop(course.sagaWarmUp());
            visit.settle();
            ShopProcess.Usage before = visit.shop().usage();
            Crowd.Span closed = visit.crowd().closedLoop(course.saga());
            double completed = visit.ledger().count(order -> closed.holds(order.endedAt())) / closed.seconds();
            visit.settle();
            ShopProcess.Usage used = visit.shop().usage().since(before);
            double cpu = (double) used.shop().plus(used.database()).toMillis()
                    / visit.ledger().wantedBetween(closed.from(), closed.to()).size();
            run.add(contender, COMPLETED, round, completed);
            run.add(contender, COMPLETED_CPU, round, cpu);
            progress.note(format("%,.0f completed/s, CPU %.2f ms an order", completed, cpu));

            RestReads reads = RestReads.of(visit, past, course.reads());
            run.add(contender, READ_50, round, reads.all().at(50));
            run.add(contender, READ_99, round, reads.all().at(99));
            ShopProcess.SERVICES.forEach(service -> run.add(
                    contender, readsOf(service), round, reads.of(service).at(99)));
            progress.note(format(
                    "reads p50 %.2f ms, p99 %.1f ms",
                    reads.all().at(50), reads.all().at(99)));
            visit.discrepancies()
                    .forEach(
                            sentence -> run.problem("saga, %,d orders, round %d: %s".formatted(size, round, sentence)));
        }
    }

    private static void backlog(Run run, Course course, int round, Progress progress) {
        Contender contender = course.afterOutage();
        try (RelayVisit visit = RelayVisit.begin(run.arena(), RelayContenders.ours(), DRAINED_WITHIN)) {
            try (Peak resident = Peak.of(visit.process()::residentMegabytes)) {
                visit.load(course.relayWarmUp());
                drainedPerSecond(run, visit, course.shortBacklog()); // to warm up
                Loaded load = visit.load(course.relay());
                run.add(contender, DELIVERED, round, visit.deliveredPerSecond(load));
                run.add(contender, SHORT_DRAINED, round, drainedPerSecond(run, visit, course.shortBacklog()));
                run.add(contender, MEMORY, round, resident.value());
            }
            try (Peak resident = Peak.of(visit.process()::residentMegabytes)) {
                double drained = drainedPerSecond(run, visit, course.backlog());
                run.add(contender, DRAINED, round, drained);
                run.add(contender, MEMORY_WITH, round, resident.value());
                progress.note(format("%,.0f drained/s, %,.0f MiB resident at most", drained, resident.value()));
            }
            account(run, "backlog", round, visit.end());
        }
    }

    /** From the end of the outage to the arrival of the last message. */
    private static double drainedPerSecond(Run run, RelayVisit visit, int messages) {
        long over;
        try (Outage outage = Outage.begin(visit.database())) {
            outage.accumulate(messages);
            run.arena().checkpoint();
            over = Clock.micros();
        }
        visit.awaitMore(messages);
        return messages * 1e6 / (visit.observer().lastNewAt() - over);
    }

    private static void account(Run run, String what, int round, Tally tally) {
        tally.inexactness().ifPresent(sentence -> run.problem("%s, round %d: %s".formatted(what, round, sentence)));
        if (tally.invertedKeys() > 0) {
            run.problem("%s, round %d: the events of %,d orders came out of order."
                    .formatted(what, round, tally.invertedKeys()));
        }
    }

    private static List<Measure> measures() {
        List<Measure> measures = new ArrayList<>(
                List.of(DELIVERED, DELIVERED_CPU, APPLIED, APPLIED_CPU, COMPLETED, COMPLETED_CPU, READ_50, READ_99));
        ShopProcess.SERVICES.forEach(service -> measures.add(readsOf(service)));
        measures.addAll(List.of(SHORT_DRAINED, DRAINED, MEMORY, MEMORY_WITH));
        return measures;
    }

    private static Measure readsOf(String service) {
        return Measure.of("read-p99-" + service, service + ", p99", "ms", 1);
    }

    private static List<Goal> goals(Measurements measured, Course course) {
        String fewest = course.fewest().id();
        String most = course.most().id();
        String afterOutage = course.afterOutage().id();
        String compared = format(
                "with %,d orders, to %,d",
                course.sizes().getLast(), course.sizes().getFirst());
        return List.of(
                Goal.atLeast(
                        0.95, " ×", "relay: delivered " + compared, measured.ratio(most, DELIVERED, fewest, DELIVERED)),
                Goal.atLeast(
                        0.95, " ×", "consumer: applied " + compared, measured.ratio(most, APPLIED, fewest, APPLIED)),
                Goal.atLeast(
                        0.95, " ×", "saga: completed " + compared, measured.ratio(most, COMPLETED, fewest, COMPLETED)),
                Goal.atMost(1.1, " ×", "REST reads, p99 " + compared, measured.ratio(most, READ_99, fewest, READ_99)),
                Goal.atLeast(
                        0.8,
                        " ×",
                        "the backlog drains, to a short one",
                        measured.ratio(afterOutage, DRAINED, afterOutage, SHORT_DRAINED)),
                Goal.atMost(
                        1.1,
                        " ×",
                        "memory with the backlog, to without",
                        measured.ratio(afterOutage, MEMORY_WITH, afterOutage, MEMORY)));
    }

    private static List<String> method(Course course) {
        return List.of(
                "Sizes take turns within a run. Each turn has a fresh database and a fresh JVM; the orders that are already there are written into the database by SQL, which is then vacuumed, analysed and makes a checkpoint. The contender is Tidings as it comes, in each turn.",
                "**relay: delivered**: as in [relay](relay.md), with %d writers that place new orders for %d s, after %d s that are discarded; the orders that are there stand in the table that the transactions write to."
                        .formatted(
                                RelayVisit.WRITERS,
                                course.relay().toSeconds(),
                                course.relayWarmUp().toSeconds()),
                "**consumer: applied**: as in [consumer](consumer.md), with %,d events after %,d that are discarded, and %d times in each round, since it takes seconds. What the discarded ones have left is removed; then there are as many rows in the table, and as many events in the inbox, as there are orders."
                        .formatted(course.events(), course.eventsToWarmUp(), CONSUMER_TURNS),
                "**saga: completed**: as in [saga](saga.md), a closed loop for %d s after %d s that are discarded. Each service's database holds what the service remembers of the orders of thirty days and of their customers, of whom each has placed ten: orders, payments and wallets, reservations, shipments, mails, copies, counts and flows. Of each order the audit log has the first and the last message only, and each inbox one: all of them would take several times as long to write."
                        .formatted(
                                course.saga().toSeconds(), course.sagaWarmUp().toSeconds()),
                "**CPU**: what the processes computed, by the events or orders: of the relay's or consumer's JVM, PostgreSQL and Kafka; of the saga's services and PostgreSQL, until all services have caught up. It depends less than the rates do on what else the machine does.",
                "**REST reads**: when all services have caught up, %d rounds of %d questions to the services' own doors, one at a time, about orders and customers of the past and of today; a fifth of the rounds is discarded. The percentile is over all reads, and then over those of each service. A search finds one customer, or all products, whatever the size."
                        .formatted(course.reads(), questions()),
                "**the backlog drains**: while the benchmark has the lock that makes an instance the relay, %,d messages are written into the outbox, ten of each order; the rate is from the lock's release to the last message's arrival at a consumer. No one else writes meanwhile. It is compared with a backlog of %,d that the same process drained right before, also without writers; what is delivered under writers stands beside it, and is no more than the writers accept."
                        .formatted(course.backlog(), course.shortBacklog()),
                "**resident at most**: of the relay's JVM, looked at four times a second; without the backlog during the warm-up, the load and the short backlogs, with it from the beginning of the outage to the end of the draining.",
                "Every event is accounted for: the relay's are seen exactly once and those of each order in order, the consumer's are rows exactly once, and each order of the saga has completed exactly once, on the topic and in the databases. A read that is no success fails the turn. Problems are named, and the command fails.");
    }

    private static int questions() {
        PastOrders any = new PastOrders(10, 0);
        return RestRead.about(0, any, List.of(any.order(1)), List.of(any.customer(1)))
                .size();
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
