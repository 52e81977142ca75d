package io.tidings.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** PostgreSQL on one folder and one port, which it keeps when it is interrupted. */
final class PostgresServer implements AutoCloseable {

    static final String FOLDER = "postgres";
    static final String CLUSTER = "cluster";
    static final String SETTINGS = "tidings.conf";

    private static final int ATTEMPTS = 3;

    private final PostgresInstallation installation;
    private final Path folder;
    private final boolean keepsData;
    private final Map<String, String> moreSettings;
    private final int port;
    private final Databases databases;
    private boolean running;

    private PostgresServer(
            PostgresInstallation installation,
            Path folder,
            boolean keepsData,
            int requestedPort,
            Map<String, String> moreSettings)
            throws IOException {
        this.installation = installation;
        this.folder = folder;
        this.keepsData = keepsData;
        this.moreSettings = moreSettings;
        this.port = startOnPort(requestedPort);
        this.running = true;
        this.databases = new Databases(
                Loopback.HOST,
                port,
                PostgresInstallation.SUPERUSER,
                Files.readString(folder.resolve(PostgresInstallation.SUPERUSER_PASSWORD)));
    }

    /**
     * Returns when connections are accepted.
     *
     * @param keepsData whether the data will be needed after the close
     * @param moreSettings over those that it has anyway
     */
    static PostgresServer start(Path folder, boolean keepsData, int requestedPort, Map<String, String> moreSettings) {
        PostgresInstallation installation = PostgresInstallation.prepare();
        try {
            if (!Files.exists(folder)) {
                installation.createCluster(folder);
            }
            int version = PostgresInstallation.version(folder);
            if (version != installation.version()) {
                throw new InfrastructureException(
                        "Folder %s holds data of PostgreSQL %d and this is PostgreSQL %d; delete that folder or choose another with EmbeddedOptions.withDataFolder."
                                .formatted(folder, version, installation.version()));
            }
            return new PostgresServer(installation, folder, keepsData, requestedPort, moreSettings);
        } catch (IOException failure) {
            throw Folders.notWritable(folder, failure);
        }
    }

    Databases databases() {
        return databases;
    }

    synchronized void interrupt() {
        if (running) {
            running = false;
            // At once and without a checkpoint, as in a crash: what was committed must be there all the same.
            stop("immediate");
        }
    }

    synchronized void resume() {
        if (!running) {
            try {
                startOnPort(port);
                running = true;
            } catch (IOException failure) {
                throw Folders.notWritable(folder, failure);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (running) {
            running = false;
            stop(keepsData ? "fast" : "immediate");
        }
    }

    private int startOnPort(int requestedPort) throws IOException {
        PostgresProcess.of(folder).ifPresentOrElse(leftBehind -> stop("fast"), this::forgetAnotherProcess);
        for (int attempt = 1; ; attempt++) {
            Loopback.requireFree(requestedPort, "PostgreSQL", "withPostgresPort");
            int free = requestedPort == 0 ? Loopback.anyFree() : requestedPort;
            Files.write(folder.resolve(CLUSTER).resolve(SETTINGS), settings(free));
            Path output = folder.resolve("server.log");
            Files.deleteIfExists(output);
            Files.createFile(output);
            installation.user().take(folder);
            if (installation.run(folder.resolve("control.log"), "pg_ctl", control("start", "--log=" + output))) {
                return free;
            }
            String reason = PostgresInstallation.reasonIn(output);
            stop("immediate");
            // Somebody else may have taken the port between the look at it and the start.
            boolean portWasTaken = reason.contains("could not create any TCP/IP sockets");
            if (!portWasTaken || requestedPort != 0 || attempt == ATTEMPTS) {
                throw new InfrastructureException(
                        "PostgreSQL did not start on port %d in %s (%s); mend that, or choose another port or folder with EmbeddedOptions."
                                .formatted(free, folder, reason));
            }
        }
    }

    // PostgreSQL takes any living process with the number in its file for itself, and then refuses to start.
    private void forgetAnotherProcess() {
        try {
            if (PostgresProcess.isNumberOfAnotherProcess(folder)) {
                Files.deleteIfExists(folder.resolve(CLUSTER).resolve(PostgresProcess.FILE));
            }
        } catch (IOException failure) {
            throw Folders.notWritable(folder, failure);
        }
    }

    private void stop(String mode) {
        Optional<PostgresProcess> process = PostgresProcess.of(folder);
        if (process.isEmpty()) {
            return;
        }
        try {
            installation.run(folder.resolve("control.log"), "pg_ctl", control("stop", "--mode=" + mode));
            process.filter(stopping -> !stopping.ended(Duration.ofSeconds(5))).ifPresent(PostgresProcess::kill);
        } catch (IOException failure) {
            process.get().kill();
        }
    }

    private String[] control(String action, String option) {
        return new String[] {action, "--pgdata=" + folder.resolve(CLUSTER), option, "--wait", "--timeout=60", "--silent"
        };
    }

    private List<String> settings(int port) {
        Stream<String> own = Stream.of(
                "# Written at every start.",
                "listen_addresses = '" + Loopback.HOST + "'",
                "port = " + port,
                "unix_socket_directories = ''",
                "max_connections = 300",
                "shared_buffers = 128MB",
                // What makes a commit survive a crash. It is the default, and said here because test databases often
                // run without.
                "fsync = on",
                "synchronous_commit = on",
                "full_page_writes = on",
                "timezone = 'UTC'",
                "log_timezone = 'UTC'",
                "log_checkpoints = off");
        return Stream.concat(
                        own,
                        moreSettings.entrySet().stream()
                                .map(setting -> "%s = '%s'".formatted(setting.getKey(), setting.getValue())))
                .toList();
    }
}
