package io.tidings.scenarios;

import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.doors.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One user's profile is edited in a loop. A reader that needs only the last of the edits writes few rows for them. */
final class StormScenario implements Scenario {

    private static final String EDITS_VARIABLE = "TIDINGS_STORM_EDITS";
    private static final int MOST_EDITS = 10_000;
    private static final Duration LONGEST = Duration.ofSeconds(12);
    private static final int AT_ONCE = 6;
    private static final Duration BETWEEN_EDITS_OF_OTHERS = Duration.ofMillis(250);
    private static final Duration OTHERS_WAIT_AT_MOST = Duration.ofSeconds(10);

    private final Map<String, String> environment;

    /**
     * @param environment in which {@code TIDINGS_STORM_EDITS} may say how many edits there are; otherwise 10,000, or as
     *     many as this machine makes in 12 seconds
     */
    StormScenario(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * How much is blown.
     *
     * @param edits at most
     * @param longest how long at most
     */
    private record Strength(int edits, Duration longest) {}

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String title() {
        return "One profile is edited thousands of times, and who keeps a copy stays calm";
    }

    @Override
    public String pattern() {
        return "Event storm: who needs only the last of many events writes only the last of a batch";
    }

    @Override
    public Optional<String> needsKafka() {
        return Optional.of(
                "in process each edit is delivered before the next, so there is never a batch to be coalesced");
    }

    @Override
    public void play(Stage stage) {
        Strength strength = strength();
        Shop shop = new Shop(stage);
        Customer joan = shop.signUp("Joan", shop.unheardOf("Clarke"));
        Customer grace = shop.signUp("Grace", shop.unheardOf("Hopper"));
        Reader before = Reader.of(stage.get(Reader.PATH));

        stage.say(
                "Something edits Joan's profile in a loop, %d at once, up to %,d times; Grace edits hers now and then."
                        .formatted(AT_ONCE, strength.edits()));
        long start = System.nanoTime();
        List<Duration> waits;
        Duration asked;
        int edits;
        try (Storm storm = new Storm(strength, new Shop(stage.quietly()), joan, shop.unheardOf("Clarke"))) {
            waits = waitsOf(stage.quietly(), shop, grace, storm);
            asked = storm.took();
            edits = storm.edits();
        }
        Answer latest = stage.get("/users/" + joan.userId());
        String name = "Joan " + latest.as("familyName", String.class);
        stage.check("the revision of Joan's profile", (long) edits, latest.as("revision", Long.class));
        stage.check(
                "the name that search-service has in the end", List.of(name), searchFor(name), StormScenario::namesOf);
        Duration converged = Duration.ofNanos(System.nanoTime() - start);

        Reader after = Reader.of(stage.get(Reader.PATH));
        long heard = after.heard() - before.heard();
        long written = after.written() - before.written();
        stage.list(List.of(
                "%,d edits were taken in %s, %,d a second".formatted(edits, seconds(asked), perSecond(edits, asked)),
                "search-service had the last of them %s after the first".formatted(seconds(converged)),
                "it heard %,d events and wrote %,d rows; a reader that writes each would have written %,d"
                        .formatted(heard, written, heard),
                "%d edits of Grace in between were found after %s at the median, %s at most"
                        .formatted(waits.size(), seconds(waits.get(waits.size() / 2)), seconds(waits.getLast()))));
        stage.check("search-service heard all of them", true, heard >= edits + waits.size());
        stage.check("it wrote fewer rows than it heard events", true, written < heard);
        stage.check(
                "nobody else waited for more than %s".formatted(seconds(OTHERS_WAIT_AT_MOST)),
                true,
                waits.getLast().compareTo(OTHERS_WAIT_AT_MOST) <= 0);
    }

    private Strength strength() {
        String value = environment.get(EDITS_VARIABLE);
        if (value == null) {
            return new Strength(MOST_EDITS, LONGEST);
        }
        if (!value.matches("[1-9]\\d{0,6}")) {
            throw new ScenarioException(
                    "%s must be a number from 1 to 9999999, and not '%s'.".formatted(EDITS_VARIABLE, value));
        }
        return new Strength(Integer.parseInt(value), Duration.ofDays(1));
    }

    /** How long it took, each time while the storm blew, from an edit of someone else until it was found; sorted. */
    private static List<Duration> waitsOf(Stage quiet, Shop shop, Customer someone, Storm storm) {
        Shop quietly = new Shop(quiet);
        List<Duration> waits = new ArrayList<>();
        do {
            String name = shop.unheardOf("Hopper") + "x" + waits.size() + "x";
            long start = System.nanoTime();
            quietly.changeProfile(someone, "Grace", name, List.of());
            quiet.check("Grace is found", List.of("Grace " + name), searchFor(name), StormScenario::namesOf);
            waits.add(Duration.ofNanos(System.nanoTime() - start));
        } while (storm.blows() && rested());
        return waits.stream().sorted().toList();
    }

    private static boolean rested() {
        LockSupport.parkNanos(BETWEEN_EDITS_OF_OTHERS.toNanos());
        return !Thread.currentThread().isInterrupted();
    }

    private static String searchFor(String name) {
        return "/search?kind=users&q=" + name.replace(" ", "%20");
    }

    private static List<String> namesOf(Answer found) {
        return found.body()
                .path("results")
                .valueStream()
                .map(result -> result.path("name").asString(""))
                .toList();
    }

    private static String seconds(Duration duration) {
        return "%.2f s".formatted(duration.toMillis() / 1000.0);
    }

    private static long perSecond(int count, Duration duration) {
        return Math.round(count * 1000.0 / Math.max(1, duration.toMillis()));
    }

    /** The edits, made by several callers at once. */
    private static final class Storm implements AutoCloseable {

        private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger made = new AtomicInteger();
        private final long start = System.nanoTime();
        private final List<Future<Long>> ends;

        Storm(Strength strength, Shop shop, Customer customer, String familyName) {
            ends = Stream.generate(() -> callers.submit(() -> {
                        while (System.nanoTime() - start < strength.longest().toNanos()) {
                            int edit = begun.incrementAndGet();
                            if (edit > strength.edits()) {
                                break;
                            }
                            shop.changeProfile(customer, "Joan", familyName + "x" + edit + "x", List.of());
                            made.incrementAndGet();
                        }
                        return System.nanoTime();
                    }))
                    .limit(AT_ONCE)
                    .toList();
        }

        /** Those that were answered. */
        int edits() {
            return made.get();
        }

        boolean blows() {
            return !ends.stream().allMatch(Future::isDone);
        }

        /** From the first request to the last answer. */
        Duration took() {
            callers.close();
            ends.stream()
                    .filter(end -> end.state() == Future.State.FAILED)
                    .findFirst()
                    .ifPresent(end -> {
                        throw new ScenarioException(
                                "The storm broke off: " + end.exceptionNow().getMessage());
                    });
            return Duration.ofNanos(
                    ends.stream().mapToLong(Future::resultNow).max().orElse(start) - start);
        }

        @Override
        public void close() {
            callers.shutdownNow();
        }
    }

    /**
     * What search-service has done since it started.
     *
     * @param heard updates of profiles
     * @param written rows of copies
     */
    private record Reader(long heard, long written) {

        static final String PATH = Meters.pathOf("search-service");

        static Reader of(Answer answer) {
            Meters meters = Meters.in(answer);
            return new Reader(
                    meters.counter("tidings_search_profiles_heard_total"),
                    meters.counter("tidings_search_profiles_written_total"));
        }
    }
}
