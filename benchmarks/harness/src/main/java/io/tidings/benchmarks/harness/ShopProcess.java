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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole shop, as {@code ./tidings up} runs it: ten services, Kafka and SMTP in one JVM, and PostgreSQL beside it. */
final class ShopProcess implements AutoCloseable {

    /** All services and the broker share this heap. */
    static final List<String> JVM_OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC");

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
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(45);

    /** Such as "order-service http://127.0.0.1:8082" or "Kafka 127.0.0.1:9092". */
    private static final Pattern ADDRESS = Pattern.compile(" {2}(\\S+) +(?:http://)?(127\\.0\\.0\\.1:\\d+).*");

    private final Process process;
    private final Map<String, String> addresses;
    private final ProcessHandle postmaster;
    private final Thread exitHook;

    private ShopProcess(Process process, Map<String, String> addresses, Thread exitHook) {
        this.process = process;
        this.addresses = addresses;
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
        SERVICES.forEach(service -> command.add("--%s-port=0".formatted(service)));
        LISTENING.forEach(part -> command.add("--%s-port=0".formatted(part)));
        Path log = logs.resolve("shop-%s.log".formatted(contender.id()));
        try {
            Files.createDirectories(logs);
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("MALLOC_ARENA_MAX", "2");
            Process process = builder.start();
            Thread exitHook = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(exitHook);
            try {
                return new ShopProcess(process, addressesOf(process, log), exitHook);
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
        try {
            return Files.readAllLines(Path.of("/proc/%d/status".formatted(process.pid()))).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024.0;
        } catch (IOException noSuchFile) {
            return 0;
        }
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
