package io.tidings.benchmarks.harness;

import io.tidings.infrastructure.DatabaseAccess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The whole shop, as {@code ./tidings up} runs it: ten services, Kafka and SMTP in one JVM, and PostgreSQL beside it. */
final class ShopProcess implements AutoCloseable {

    /**
     * All services and the broker share this heap. Its young generation is that of {@code ./tidings up}, small for the sake of
     * short pauses; the last four options are those that docs/operations.md has for busy services.
     */
    static final List<String> JVM_OPTIONS = List.of(
            "-Xms1g",
            "-Xmx1g",
            "-Xmn160m",
            "-XX:+UseParallelGC",
            "-XX:-UseAdaptiveSizePolicy",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseTransparentHugePages");

    static final List<String> SERVICES = List.of(
            "user-service",
            "order-service",
            "payment-service",
            "warehouse-service",
            "shipping-service",
            "email-service",
            "analytics-service",
            "audit-service",
            "search-service",
            "recommendation-service");

    private static final List<String> LISTENING = List.of("gateway", "kafka", "postgres", "smtp", "mailbox");
    private static final Duration START_AT_MOST = Duration.ofMinutes(4);
    /** It may have a cache for quicker starts to write. */
    private static final Duration STOP_AT_MOST = Duration.ofMinutes(2);

    /** Such as "order-service http://127.0.0.1:8082" or "Kafka 127.0.0.1:9092". */
    private static final Pattern ADDRESS = Pattern.compile(" {2}(\\S+) +(?:http://)?(127\\.0\\.0\\.1:\\d+).*");

    private final Process process;
    private final Map<String, String> addresses;
    private final Duration startedWithin;
    private final ProcessHandle postmaster;
    private final Thread exitHook;

    private ShopProcess(Process process, Map<String, String> addresses, Duration startedWithin, Thread exitHook) {
        this.process = process;
        this.addresses = addresses;
        this.startedWithin = startedWithin;
        this.exitHook = exitHook;
        this.postmaster = Arena.postmasterOf(database("order-service"));
    }

    /** Returns when all of it is healthy. Its data is fresh, and its ports are free ones. */
    static ShopProcess start(Path root, Path logs, Contender contender) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(Arena.jvmOptionsForNow());
        command.add("-Dtidings.home=" + logs.resolve("shop-" + contender.id()));
        // All services of the JVM see them.
        contender.settings().forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
        command.addAll(List.of("-cp", ClassPath.of(root, contender.module()).option(), contender.mainClass(), "up"));
        command.addAll(anyPorts());
        return start(root, command, Map.of(), logs.resolve("shop-%s.log".formatted(contender.id())));
    }

    /**
     * By {@code ./tidings up} itself, with its own options of the JVM. Returns when it says that all of it is healthy. Its
     * data is fresh, and its ports are free ones.
     *
     * @param environment in addition to that of this process
     */
    static ShopProcess up(Path root, Path logs, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(root.resolve("tidings").toString(), "up"));
        command.addAll(anyPorts());
        return start(root, command, environment, logs.resolve("up.log"));
    }

    private static List<String> anyPorts() {
        return Stream.concat(SERVICES.stream(), LISTENING.stream())
                .map("--%s-port=0"::formatted)
                .toList();
    }

    private static ShopProcess start(Path root, List<String> command, Map<String, String> environment, Path log) {
        try {
            Files.createDirectories(log.resolveSibling("."));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("MALLOC_ARENA_MAX", "2");
            builder.environment().putAll(environment);
            long began = System.nanoTime();
            Process process = builder.start();
            Thread exitHook = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(exitHook);
            try {
                Map<String, String> addresses = addressesOf(process, log);
                return new ShopProcess(process, addresses, Duration.ofNanos(System.nanoTime() - began), exitHook);
            } catch (RuntimeException failure) {
                process.destroy();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The shop can't be started.", failure);
        }
    }

    private static Map<String, String> addressesOf(Process process, Path log) {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        CompletableFuture<Map<String, String>> addresses = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            Map<String, String> found = new HashMap<>();
            try {
                // Read to its end, or the process would wait for a reader.
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    Matcher address = ADDRESS.matcher(line);
                    if (address.matches()) {
                        found.put(address.group(1), address.group(2));
                    }
                    if (line.contains("Ctrl-C")) {
                        addresses.complete(found);
                    }
                }
            } catch (IOException ended) {
                // Told below, unless it was up.
            }
            addresses.completeExceptionally(
                    new IllegalStateException("The shop ended while it started; see %s.".formatted(log)));
        });
        try {
            return addresses.get(START_AT_MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException failure) {
            throw new IllegalStateException("The shop did not start; see %s.".formatted(log), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", stopped);
        }
    }

    /** The service's own door. */
    URI door(String service) {
        return URI.create("http://" + address(service));
    }

    String kafka() {
        return address("Kafka");
    }

    DatabaseAccess database(String service) {
        String name = service.replace('-', '_');
        return new DatabaseAccess("jdbc:postgresql://%s/%s".formatted(address("PostgreSQL"), name), name, name);
    }

    /** Checkpoints come by time alone, each five minutes, as for those who have a database of their own. */
    void makeCheckpointsByTime() {
        Arena.execute(superuser(), "alter system set max_wal_size = '%s'".formatted(Arena.MOST_LOG));
        Arena.execute(superuser(), "select pg_reload_conf()");
    }

    /** So that nothing that is measured pays for what was written before it. */
    void checkpoint() {
        Arena.execute(superuser(), "checkpoint");
    }

    /** Only a superuser may order a checkpoint. Its password lies beside the data, of which the server's command tells. */
    private DatabaseAccess superuser() {
        List<String> words = List.of(postmaster.info().arguments().orElse(new String[0]));
        int option = words.indexOf("-D");
        if (option < 0) {
            throw new IllegalStateException(
                    "The command of PostgreSQL can't be seen: run this as the user who runs it.");
        }
        Path password = Path.of(words.get(option + 1)).resolveSibling("superuser-password");
        try {
            return new DatabaseAccess(
                    "jdbc:postgresql://%s/postgres".formatted(address("PostgreSQL")),
                    "postgres",
                    Files.readString(password));
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The superuser's password can't be read from %s.".formatted(password), failure);
        }
    }

    private String address(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalStateException("The shop did not say where %s listens.".formatted(name));
        }
        return address;
    }

    /** Of the shop, its database and this harness, up to now. */
    Usage usage() {
        ProcessorTime time = ProcessorTime.of(process.toHandle(), postmaster, ProcessHandle.current());
        return new Usage(time.contender(), time.database(), time.broker());
    }

    /** How long processes have computed. */
    record Usage(Duration shop, Duration database, Duration load) {

        Usage since(Usage earlier) {
            return new Usage(shop.minus(earlier.shop), database.minus(earlier.database), load.minus(earlier.load));
        }
    }

    /** What the shop's JVM has in memory, in MiB; 0 where nobody can tell. */
    double residentMegabytes() {
        return ResidentMemory.ofProcess(process.pid());
    }

    /** From the command to the word that all of it is healthy. */
    Duration startedWithin() {
        return startedWithin;
    }

    /** What its JVM and PostgreSQL have in memory, in MB; empty where the system does not tell. */
    OptionalDouble proportionalMegabytes() {
        return ProportionalMemory.megabytes(
                Stream.of(Stream.of(process.toHandle()), Stream.of(postmaster), postmaster.descendants())
                        .flatMap(processes -> processes)
                        .toList());
    }

    /** Lets it end by itself; kills it if it takes too long. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_AT_MOST)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(exitHook);
    }
}
