package io.tidings.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program that is run to its end.
 *
 * @param folder in which it runs
 * @param environment in addition to that of this process
 * @param log to which it tells what goes wrong
 */
record Command(Path folder, Map<String, String> environment, Path log) {

    Command {
        environment = Map.copyOf(environment);
    }

    /**
     * Runs it and answers what it said, without what went to the log.
     *
     * @throws IllegalStateException if it fails, can't be found or takes too long
     */
    String run(List<String> words, Duration atMost) {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        String line = String.join(" ", words);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            Thread limit = Thread.ofVirtual().start(() -> endAfter(process, atMost));
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            limit.interrupt();
            if (status != 0) {
                throw new IllegalStateException("'%s' failed with %d; see %s.".formatted(line, status, log));
            }
            return answer;
        } catch (IOException failure) {
            throw new UncheckedIOException("'%s' can't be run.".formatted(line), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", stopped);
        }
    }

    /** Whether it is there and does not fail. */
    boolean succeeds(List<String> words, Duration atMost) {
        try {
            run(words, atMost);
            return true;
        } catch (IllegalStateException | UncheckedIOException failed) {
            return false;
        }
    }

    private static void endAfter(Process process, Duration atMost) {
        try {
            if (!process.waitFor(atMost)) {
                process.destroy();
            }
        } catch (InterruptedException endedInTime) {
            Thread.currentThread().interrupt();
        }
    }
}
