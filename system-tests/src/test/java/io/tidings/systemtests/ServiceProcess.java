package io.tidings.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One service as it is shipped: its executable jar in a process of its own. */
final class ServiceProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String service;
    private final int port;
    private final Map<String, String> environment;
    private final Process process;
    private final Path log;

    private ServiceProcess(String service, int port, Map<String, String> environment, Process process, Path log) {
        this.service = service;
        this.port = port;
        this.environment = environment;
        this.process = process;
        this.log = log;
    }

    static ServiceProcess start(String service, int port, Map<String, String> environment) {
        Path root = Path.of(System.getProperty("tidings.root"));
        Path jar = root.resolve(
                "%s/target/%s-%s-exec.jar".formatted(service, service, System.getProperty("tidings.version")));
        if (!Files.exists(jar)) {
            throw new IllegalStateException("There is no %s: run these tests with 'mvn verify'.".formatted(jar));
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-jar",
                jar.toString()));
        try {
            Path logs = Files.createDirectories(root.resolve("system-tests/target/logs"));
            Path log = logs.resolve(service + ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            builder.environment().put("SERVER_PORT", Integer.toString(port));
            return new ServiceProcess(service, port, environment, builder.start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException("%s can't be started.".formatted(service), failure);
        }
    }

    /** The same service at the same address, with a log that goes on; this one, if it runs. */
    ServiceProcess startedAgain() {
        return process.isAlive() ? this : start(service, port, environment);
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** Whether it says of itself that it is ready; fails with the end of its log if it has ended instead. */
    boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "%s ended with %d while it started:%n%s".formatted(service, process.exitValue(), endOfLog()));
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(address().resolve("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException unreadable) {
            return "(its log %s can't be read)".formatted(log);
        }
    }

    /** Asks it to end, and makes it end if it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(15))) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
