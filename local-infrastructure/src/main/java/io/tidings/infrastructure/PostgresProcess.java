package io.tidings.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The server process that runs on a cluster folder, of this JVM or left behind by a killed one. */
record PostgresProcess(ProcessHandle handle) {

    static final String FILE = "postmaster.pid";

    /** Empty unless the process named in the folder's {@code postmaster.pid} really is that PostgreSQL. */
    static Optional<PostgresProcess> of(Path folder) {
        return named(folder)
                .filter(process -> isPostgresOn(folder.resolve(PostgresServer.CLUSTER), process))
                .map(PostgresProcess::new);
    }

    /** Process numbers are used again: the one in an old file may by now belong to anything. */
    static boolean isNumberOfAnotherProcess(Path folder) {
        return named(folder).isPresent() && of(folder).isEmpty();
    }

    /** Ends it without giving it time to save anything. */
    void kill() {
        handle.destroyForcibly();
        ended(Duration.ofSeconds(10));
    }

    /** Whether it has ended within that time. */
    boolean ended(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        // Not by onExit, which looks at processes that are not its children every few seconds only.
        while (isRunning(handle)) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }

    /** Unlike {@link ProcessHandle#isAlive}, false for one that has ended but that its parent takes no notice of. */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static Optional<ProcessHandle> named(Path folder) {
        Path file = folder.resolve(PostgresServer.CLUSTER).resolve(FILE);
        try {
            String first = Files.readAllLines(file).getFirst();
            return ProcessHandle.of(Long.parseLong(first.strip()));
        } catch (IOException | RuntimeException noSuchFileOrNumber) {
            return Optional.empty();
        }
    }

    private static boolean isPostgresOn(Path cluster, ProcessHandle process) {
        ProcessHandle.Info information = process.info();
        boolean postgres = information
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
        return postgres
                && information
                        .commandLine()
                        .map(line -> line.contains(cluster.toString()))
                        .orElse(true);
    }
}
