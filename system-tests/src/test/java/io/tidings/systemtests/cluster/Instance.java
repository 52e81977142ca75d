package io.tidings.systemtests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A JVM of the system, which is started again as it was. */
public final class Instance implements Victim, AutoCloseable {

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;
    private boolean wanted = true;

    private Instance(String name, List<String> command, Map<String, String> environment, Path log, Process process) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.log = log;
        this.process = process;
    }

    static Instance start(String name, List<String> command, Map<String, String> environment, Path logs) {
        Path log = logs.resolve(name + ".log");
        return new Instance(name, command, environment, log, launch(command, environment, log));
    }

    private static Process launch(List<String> command, Map<String, String> environment, Path log) {
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException("%s can't be started.".formatted(log.getFileName()), failure);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void killAndRestart() {
        process.destroyForcibly();
        awaitEnd();
        process = launch(command, environment, log);
    }

    @Override
    public synchronized void pause() {
        Signals.send("STOP", Stream.of(process.toHandle()));
    }

    @Override
    public synchronized void resume() {
        Signals.send("CONT", Stream.of(process.toHandle()));
    }

    /** Asks it to end, as an orchestrator does that scales down, and keeps it from being started again by itself. */
    synchronized void stop() {
        wanted = false;
        resume();
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(20))) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        awaitEnd();
    }

    /** Starts it again if it was stopped. */
    synchronized void startAgain() {
        wanted = true;
        restartIfEnded();
    }

    /** Starts it again if it has ended by itself, as an orchestrator does; says whether it had. */
    synchronized boolean restartIfEnded() {
        if (!wanted || process.isAlive()) {
            return false;
        }
        process = launch(command, environment, log);
        return true;
    }

    private void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        wanted = false;
        process.destroyForcibly();
        awaitEnd();
    }
}
