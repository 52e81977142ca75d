package io.tidings.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The system as containers of a Compose project of its own, without ports on the host: a system that already runs there
 * keeps running. Closing it, or ending the JVM, takes containers and volumes away.
 */
final class ContainerStart implements AutoCloseable {

    private static final String PROJECT = "tidings-benchmark";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final Duration BUILD_WITHIN = Duration.ofMinutes(60);
    private static final Duration START_WITHIN = Duration.ofMinutes(10);
    private static final Duration STOP_WITHIN = Duration.ofMinutes(3);

    /** Those that docker-compose.yml gives ports on the host. */
    private static final List<String> WITH_PORTS = List.of("gateway", "mail", "kafka", "postgres");

    private static final List<String> OURS =
            Stream.concat(Stream.of("gateway"), ShopProcess.SERVICES.stream()).toList();

    /** Such as "201.5MiB / 320MiB". */
    private static final Pattern USED = Pattern.compile("([\\d.]+)([KMG]?i?B) / .*");

    private static final Map<String, Double> BYTES =
            Map.of("B", 1.0, "KiB", 1_024.0, "MiB", 1_024.0 * 1_024, "GiB", 1_024.0 * 1_024 * 1_024);

    private final Command command;
    private final Path folder;
    private final double seconds;
    private final Thread exitHook;

    private ContainerStart(Command command, Path folder, double seconds, Thread exitHook) {
        this.command = command;
        this.folder = folder;
        this.seconds = seconds;
        this.exitHook = exitHook;
    }

    /** Whether a Docker engine with Compose answers. */
    static boolean canBe(Path root, Path logs) {
        Command docker = new Command(root, Map.of(), log(logs));
        return docker.succeeds(List.of("docker", "compose", "version"), ANSWER_WITHIN)
                && docker.succeeds(List.of("docker", "info"), ANSWER_WITHIN);
    }

    /** Builds all images, and returns when they are on the disk, so that no start waits for that. */
    static void buildImages(Path root, Path logs) {
        Command docker = new Command(root, Map.of("COMPOSE_PROJECT_NAME", PROJECT), log(logs));
        docker.run(List.of("docker", "compose", "build", "--quiet"), BUILD_WITHIN);
        docker.run(List.of("sync"), BUILD_WITHIN);
    }

    /** Returns when all of them are healthy. Their data is fresh. */
    static ContainerStart begin(Path root, Path logs, boolean cached) {
        Path folder = writeOverride(cached);
        Command command = new Command(
                root,
                Map.of(
                        "COMPOSE_PROJECT_NAME",
                        PROJECT,
                        "COMPOSE_FILE",
                        "docker-compose.yml:" + folder.resolve("override.yaml")),
                log(logs));
        Thread exitHook = new Thread(() -> takeAway(command));
        Runtime.getRuntime().addShutdownHook(exitHook);
        long began = System.nanoTime();
        try {
            command.run(List.of("docker", "compose", "up", "--detach", "--no-build", "--wait"), START_WITHIN);
            return new ContainerStart(command, folder, (System.nanoTime() - began) / 1e9, exitHook);
        } catch (RuntimeException failure) {
            new ContainerStart(command, folder, 0, exitHook).close();
            throw failure;
        }
    }

    private static Path log(Path logs) {
        try {
            return Files.createDirectories(logs).resolve("containers.log");
        } catch (IOException failure) {
            throw new UncheckedIOException("The folder %s can't be made.".formatted(logs), failure);
        }
    }

    private static Path writeOverride(boolean cached) {
        try {
            Path folder = Files.createTempDirectory("tidings-benchmark");
            Files.writeString(folder.resolve("override.yaml"), override(cached));
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException("What differs in the benchmark's containers can't be written.", failure);
        }
    }

    /** What is laid over docker-compose.yml: no ports on the host and, if it is to be so, no cache, and the time for that. */
    static String override(boolean cached) {
        StringBuilder override = new StringBuilder("services:\n");
        Stream.concat(WITH_PORTS.stream(), cached ? Stream.empty() : OURS.stream())
                .distinct()
                .forEach(service -> {
                    override.append("  %s:\n".formatted(service));
                    if (WITH_PORTS.contains(service)) {
                        override.append("    ports: !reset []\n");
                    }
                    if (!cached && OURS.contains(service)) {
                        // A variable that neither the images nor docker-compose.yml set, so that all they say stays.
                        override.append("    environment: {_JAVA_OPTIONS: -XX:AOTMode=off}\n");
                        override.append("    healthcheck: {start_period: 600s}\n");
                    }
                });
        return override.toString();
    }

    /** In MB, which are 1,000,000 bytes: what the engine says that the containers use, without what it could give back. */
    double megabytes() {
        List<String> words = new ArrayList<>(List.of("docker", "stats", "--no-stream", "--format", "{{.MemUsage}}"));
        words.addAll(command.run(List.of("docker", "compose", "ps", "--quiet"), ANSWER_WITHIN)
                .lines()
                .toList());
        return megabytes(command.run(words, ANSWER_WITHIN));
    }

    /** @param statistics a line a container, such as "201.5MiB / 320MiB" */
    static double megabytes(String statistics) {
        return statistics.lines().mapToDouble(ContainerStart::bytes).sum() / 1e6;
    }

    private static double bytes(String line) {
        Matcher used = USED.matcher(line.strip());
        if (!used.matches()) {
            throw new IllegalStateException(
                    "The engine says '%s' about memory, which nobody understands.".formatted(line));
        }
        Double unit = BYTES.get(used.group(2));
        if (unit == null) {
            throw new IllegalStateException(
                    "The engine counts memory in %s, which is unknown.".formatted(used.group(2)));
        }
        return Double.parseDouble(used.group(1)) * unit;
    }

    double seconds() {
        return seconds;
    }

    private static void takeAway(Command command) {
        command.run(List.of("docker", "compose", "down", "--volumes", "--timeout", "20"), STOP_WITHIN);
    }

    @Override
    public void close() {
        takeAway(command);
        Runtime.getRuntime().removeShutdownHook(exitHook);
        FileSystemUtils.deleteRecursively(folder.toFile());
    }
}
