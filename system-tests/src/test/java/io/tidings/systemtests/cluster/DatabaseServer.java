package io.tidings.systemtests.cluster;

import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.EmbeddedInfrastructure;
import io.tidings.infrastructure.EmbeddedOptions;
import io.tidings.infrastructure.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** PostgreSQL, whose processes can be killed and paused. */
public final class DatabaseServer implements Victim, AutoCloseable {

    private final Path folder;
    private final EmbeddedInfrastructure infrastructure;

    DatabaseServer(Path folder) {
        this.folder = folder;
        this.infrastructure =
                new EmbeddedInfrastructure(EmbeddedOptions.defaults().withDataFolder(folder));
        infrastructure.start(Part.POSTGRES);
    }

    DatabaseAccess database(String service) {
        return infrastructure.database(service);
    }

    int port() {
        return portOf(database("order-service"));
    }

    private static int portOf(DatabaseAccess access) {
        return URI.create(access.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    /** Past the proxy. */
    public Connection connect(String service) throws SQLException {
        DatabaseAccess access = database(service);
        return DriverManager.getConnection(access.jdbcUrl(), access.username(), access.password());
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void killAndRestart() {
        List<ProcessHandle> all = processes().toList();
        Signals.send("KILL", all.stream());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        infrastructure.interruptPostgres();
        infrastructure.resumePostgres();
    }

    @Override
    public void pause() {
        Signals.send("STOP", processes());
    }

    @Override
    public void resume() {
        Signals.send("CONT", processes());
    }

    private Stream<ProcessHandle> processes() {
        try {
            long postmaster = Long.parseLong(Files.readAllLines(folder.resolve("postgres/cluster/postmaster.pid"))
                    .getFirst()
                    .strip());
            return ProcessHandle.of(postmaster).stream()
                    .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
        } catch (IOException failure) {
            throw new UncheckedIOException("Who PostgreSQL is can't be read.", failure);
        }
    }

    @Override
    public void close() {
        resume();
        infrastructure.close();
    }
}
