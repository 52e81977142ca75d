package io.tidings.benchmarks.harness;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A contender that runs in a process of its own and does what it is asked to. */
final class ContenderRun implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Duration START_AT_MOST = Duration.ofMinutes(2);
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(20);

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private ContenderRun(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns when it is ready. Its log is appended to. */
    static ContenderRun start(String name, List<String> command, Path log) {
        try {
            Files.createDirectories(log.resolveSibling("."));
            ContenderRun run = new ContenderRun(
                    name,
                    log,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start());
            try {
                run.readAnswer(START_AT_MOST);
                return run;
            } catch (RuntimeException failure) {
                run.kill();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " can't be started.", failure);
        }
    }

    /** Asks, and waits for the answer. */
    <A> A ask(String task, Object parameters, Class<A> answer, Duration atMost) {
        tell(task, parameters);
        return MAPPER.treeToValue(readAnswer(atMost), answer);
    }

    /** Asks, and does not wait. */
    void tell(String task, Object parameters) {
        try {
            questions.write(MAPPER.writeValueAsString(Map.of("task", task, "parameters", parameters)));
            questions.newLine();
            questions.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException("%s does not listen; see %s.".formatted(name, log), failure);
        }
    }

    private JsonNode readAnswer(Duration atMost) {
        String line = readLine(atMost);
        JsonNode answer = MAPPER.readTree(line);
        if (!answer.has("answer")) {
            throw new IllegalStateException("%s failed: %s; see %s."
                    .formatted(name, answer.path("failure").asString(), log));
        }
        return answer.get("answer");
    }

    private String readLine(Duration atMost) {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        String read = answers.readLine();
                        while (read != null && !read.startsWith("{")) {
                            read = answers.readLine(); // the JVM itself has something to say
                        }
                        if (read == null) {
                            throw new IllegalStateException("%s has ended; see %s.".formatted(name, log));
                        }
                        return read;
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                },
                task -> Thread.ofVirtual().start(task));
        try {
            return line.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("%s has not answered within %s; see %s.".formatted(name, atMost, log));
        } catch (ExecutionException failure) {
            throw new IllegalStateException("%s has not answered; see %s.".formatted(name, log), failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", stopped);
        }
    }

    long processId() {
        return process.pid();
    }

    /** What its JVM has in memory, in MiB; 0 where nobody can tell. */
    double residentMegabytes() {
        return ResidentMemory.ofProcess(process.pid());
    }

    /** Ends it at once and without a chance to clean up, as SIGKILL does. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(STOP_AT_MOST);
    }

    /** Lets it end by itself; kills it if it takes too long. */
    @Override
    public void close() {
        try {
            questions.close();
        } catch (IOException endedAlready) {
            // That is what was wanted.
        }
        if (!awaitEnd(STOP_AT_MOST)) {
            kill();
        }
    }

    private boolean awaitEnd(Duration atMost) {
        try {
            return process.waitFor(atMost);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
