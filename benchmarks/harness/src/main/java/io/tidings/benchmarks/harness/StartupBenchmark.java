package io.tidings.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** How long it takes from the command until all is healthy, and how much memory that needs. */
final class StartupBenchmark implements Benchmark {

    private static final Duration BUILD_WITHIN = Duration.ofMinutes(30);

    private static final Measure SECONDS = Measure.charted("seconds", "all healthy after", "s", 1);
    private static final Measure MEMORY = Measure.charted("memory", "memory of all processes", "MB", 0);

    private static final Contender ONE_JVM = contender(
            "one-jvm",
            "One JVM, without a cache",
            "`./tidings up` on any free ports.",
            Map.of("TIDINGS_STARTUP_CACHE", "off"));
    private static final Contender ONE_JVM_CACHED = contender(
            "one-jvm-cached",
            "One JVM, with its cache",
            "`./tidings up` from its second run on, on any free ports.",
            Map.of());
    private static final Contender CONTAINERS = contender(
            "containers",
            "Containers, without caches",
            "`docker compose up --wait` with images that are built, and no ports on the host.",
            Map.of("_JAVA_OPTIONS", "-XX:AOTMode=off"));
    private static final Contender CONTAINERS_CACHED = contender(
            "containers-cached",
            "Containers, with their caches",
            "`docker compose up --wait` with images that are built, and no ports on the host.",
            Map.of());

    private static Contender contender(String id, String title, String remark, Map<String, String> settings) {
        return new Contender(
                id,
                title,
                "shop",
                "io.tidings.allinone.TidingsApplication",
                List.of("spring-boot", "spring-kafka", "kafka-clients", "hibernate-core", "postgresql"),
                settings,
                remark);
    }

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public Map<String, String> surroundings() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("PostgreSQL", "18: beside the one JVM as `./tidings up` has it, and in a container of its own");
        facts.put("Kafka", "one broker: in the one JVM, and in a container of its own");
        facts.put("every contender", "as it comes; only the caches are switched");
        return facts;
    }

    @Override
    public Report measure(Run run) {
        Path root = Path.of(System.getProperty("tidings.root", ".")).toAbsolutePath();
        Path logs = root.resolve("benchmarks/harness/target/logs");
        boolean containers = wantsContainers(run.options()) && ContainerStart.canBe(root, logs);
        List<Contender> contenders = new ArrayList<>(List.of(ONE_JVM, ONE_JVM_CACHED));
        if (containers) {
            contenders.addAll(List.of(CONTAINERS, CONTAINERS_CACHED));
        }
        contenders.removeIf(contender -> !run.options().wants(contender));
        prepare(contenders, root, logs);
        run.alternate(
                "startup",
                run.options().rounds(),
                contenders.stream()
                        .map(contender -> new Run.Named(
                                contender.id(), (round, progress) -> play(run, root, logs, contender, round, progress)))
                        .toList());
        return new Report(
                name(),
                "The start: from the command to all healthy",
                "Ten services, a gateway, Kafka, PostgreSQL and a mail server start from nothing. How long does it take until all of them are healthy, in one JVM and as containers, with and without caches of loaded classes (JEP 483, JEP 514), and how much memory do they take then?",
                contenders,
                List.of(SECONDS, MEMORY),
                run.measurements(),
                goals(run.measurements()),
                method(containers),
                run.problems());
    }

    /** Containers take minutes: someone in haste gets them when they ask for them by name. */
    private static boolean wantsContainers(Options options) {
        boolean named =
                options.only().contains(CONTAINERS.id()) || options.only().contains(CONTAINERS_CACHED.id());
        return named || !options.quick() && options.only().isEmpty();
    }

    /** Builds what is to be started and writes its caches, none of which is measured. */
    private static void prepare(List<Contender> contenders, Path root, Path logs) {
        if (contenders.contains(ONE_JVM) || contenders.contains(ONE_JVM_CACHED)) {
            System.out.println("Starting once, unmeasured, so that the cache is there.");
            new Command(root, Map.of(), logs.resolve("up.log"))
                    .run(List.of(root.resolve("tidings").toString(), "build"), BUILD_WITHIN);
            ShopProcess.up(root, logs, ONE_JVM_CACHED.settings()).close();
        }
        if (contenders.contains(CONTAINERS) || contenders.contains(CONTAINERS_CACHED)) {
            System.out.println("Building the images, unmeasured.");
            ContainerStart.buildImages(root, logs);
        }
    }

    private static void play(Run run, Path root, Path logs, Contender contender, int round, Progress progress) {
        if (contender.equals(CONTAINERS) || contender.equals(CONTAINERS_CACHED)) {
            try (ContainerStart start = ContainerStart.begin(root, logs, contender.equals(CONTAINERS_CACHED))) {
                add(run, contender, round, progress, start.seconds(), OptionalDouble.of(start.megabytes()));
            }
        } else {
            try (ShopProcess shop = ShopProcess.up(root, logs, contender.settings())) {
                double seconds = shop.startedWithin().toMillis() / 1e3;
                add(run, contender, round, progress, seconds, shop.proportionalMegabytes());
            }
        }
    }

    private static void add(
            Run run, Contender contender, int round, Progress progress, double seconds, OptionalDouble megabytes) {
        run.add(contender, SECONDS, round, seconds);
        megabytes.ifPresent(all -> run.add(contender, MEMORY, round, all));
        progress.note(String.format(
                Locale.ROOT, "all healthy after %.1f s, with %,.0f MB", seconds, megabytes.orElse(Double.NaN)));
    }

    private static List<Goal> goals(Measurements measured) {
        return List.of(
                Goal.atMost(
                        10,
                        " s",
                        "`./tidings up`, from its second run on, to all healthy",
                        measured.summary(ONE_JVM_CACHED.id(), SECONDS)),
                Goal.atMost(
                        900,
                        " MB",
                        "memory of the JVM and PostgreSQL then",
                        measured.summary(ONE_JVM_CACHED.id(), MEMORY)),
                Goal.atMost(
                        30,
                        " s",
                        "`docker compose up` with built images to all healthy",
                        measured.summary(CONTAINERS_CACHED.id(), SECONDS)));
    }

    private static List<String> method(boolean containers) {
        List<String> method = new ArrayList<>(List.of(
                "Every start is one from nothing: new databases, new topics, no data. What was built and the operating system's copies of files are there; `./tidings up` was started once before, and the images were built.",
                "**all healthy after**: from the command until it says so. `./tidings up` says it when each service takes requests and has begun to hear messages, `docker compose up --wait` when each container's health check says the same.",
                "**memory of all processes**: at that moment. Of the one JVM and PostgreSQL beside it, the sum of what Linux calls PSS, in which memory that several processes share counts once. Of containers, the sum of what `docker stats` tells, Kafka, PostgreSQL and the mail server included.",
                "The harness's own Kafka and PostgreSQL stand idle meanwhile."));
        if (!containers) {
            method.add(
                    "**Containers were left out**: the run was a quick or a partial one that did not ask for them, or no Docker engine with Compose answered.");
        }
        return method;
    }
}
