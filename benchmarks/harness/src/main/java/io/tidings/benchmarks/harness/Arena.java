package io.tidings.benchmarks.harness;

import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.EmbeddedInfrastructure;
import io.tidings.infrastructure.EmbeddedOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.springframework.util.FileSystemUtils;

/**
 * Where contenders meet: one Kafka broker and one PostgreSQL server, each in processes of their own, that all of a run
 * share; and how a contender's process is started. Every contender gets a fresh database.
 */
final class Arena implements AutoCloseable {

    /** Of all contenders. */
    static final List<String> JVM_OPTIONS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");

    static final List<String> BROKER_JVM_OPTIONS = List.of("-Xms512m", "-Xmx512m");

    /** More than PostgreSQL writes between two checkpoints that come by time. */
    static final String MOST_LOG = "8GB";

    /** Logical decoding for the sake of those who need it, and no checkpoint for its size alone within a round. */
    static final Map<String, String> POSTGRES_SETTINGS = Map.of("wal_level", "logical", "max_wal_size", MOST_LOG);

    private static final int CONNECTIONS = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OWNER = "contender";

    private final Path root;
    private final Path logs;
    private final Path folder;
    private final Process broker;
    private final String kafka;
    private final EmbeddedInfrastructure database;
    private final ProcessHandle postmaster;
    private final Admin admin;
    private int databases;

    private Arena(Path root, Path logs, Path folder, Process broker, String kafka, EmbeddedInfrastructure database) {
        this.root = root;
        this.logs = logs;
        this.folder = folder;
        this.broker = broker;
        this.kafka = kafka;
        this.database = database;
        this.postmaster = postmasterOf(database.postgresSuperuser());
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka));
    }

    /** @param root of the repository */
    static Arena open(Path root, Path logs) {
        EmbeddedOptions options = EmbeddedOptions.defaults();
        for (Map.Entry<String, String> setting : POSTGRES_SETTINGS.entrySet()) {
            options = options.withPostgresSetting(setting.getKey(), setting.getValue());
        }
        try {
            Files.createDirectories(logs);
            List<String> command = new ArrayList<>(List.of(java()));
            command.addAll(BROKER_JVM_OPTIONS);
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), BrokerProcess.class.getName()));
            Process broker = new ProcessBuilder(command)
                    .redirectError(logs.resolve("kafka.log").toFile())
                    .start();
            String address = new BufferedReader(new InputStreamReader(broker.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (address == null) {
                throw new IllegalStateException("Kafka did not start; see %s.".formatted(logs.resolve("kafka.log")));
            }
            Arena arena = new Arena(
                    root,
                    logs,
                    Files.createTempDirectory("tidings-benchmark"),
                    broker,
                    address,
                    new EmbeddedInfrastructure(options));
            arena.administrate("create role %s login replication password '%s'".formatted(OWNER, OWNER));
            return arena;
        } catch (IOException failure) {
            throw new UncheckedIOException("Kafka can't be started.", failure);
        }
    }

    /** The parent of whoever answers. */
    static ProcessHandle postmasterOf(DatabaseAccess access) {
        try (Connection connection = connect(access);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return ProcessHandle.of(rows.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow(() -> new IllegalStateException("PostgreSQL's processes can't be seen."));
        } catch (SQLException failure) {
            throw new IllegalStateException("PostgreSQL does not answer.", failure);
        }
    }

    String kafka() {
        return kafka;
    }

    /** An empty one of its own, which those who replicate may be told of. */
    DatabaseAccess freshDatabase(String of) {
        String name = "%s_%d".formatted(of.replace('-', '_'), ++databases);
        administrate("create database %s owner %s".formatted(name, OWNER));
        URI server = serverOf(database.postgresSuperuser());
        return new DatabaseAccess(
                "jdbc:postgresql://%s:%d/%s".formatted(server.getHost(), server.getPort(), name), OWNER, OWNER);
    }

    /** With all replication slots that were made in it. */
    void drop(DatabaseAccess dropped) {
        String name = serverOf(dropped).getPath().substring(1);
        administrate(
                "select pg_terminate_backend(active_pid) from pg_replication_slots where database = '%s' and active"
                        .formatted(name));
        administrate("select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = '%s'"
                .formatted(name));
        administrate("drop database %s with (force)".formatted(name));
    }

    /** So that no round pays for what another has written. */
    void checkpoint() {
        administrate("checkpoint");
    }

    /** Of a contender and of those that serve it, up to now. */
    ProcessorTime processorTime(ContenderRun contender) {
        return ProcessorTime.of(ProcessHandle.of(contender.processId()).orElseThrow(), postmaster, broker.toHandle());
    }

    String postgresVersion() {
        return query(database.postgresSuperuser(), "show server_version");
    }

    void administrate(String statement) {
        execute(database.postgresSuperuser(), statement);
    }

    static void execute(DatabaseAccess access, String sql) {
        try (Connection connection = connect(access);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException("The database would not do this: " + sql, failure);
        }
    }

    /** The one value that a query answers. */
    static String query(DatabaseAccess access, String sql) {
        try (Connection connection = connect(access);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException("The database would not do this: " + sql, failure);
        }
    }

    static Connection connect(DatabaseAccess access) throws SQLException {
        return DriverManager.getConnection(access.jdbcUrl(), access.username(), access.password());
    }

    static URI serverOf(DatabaseAccess access) {
        return URI.create(access.jdbcUrl().substring("jdbc:".length()));
    }

    /** Makes the topic, or empties it. */
    void emptyTopic(String topic, int partitions) {
        try {
            if (!admin.listTopics()
                    .names()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .contains(topic)) {
                admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                        .all()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                return;
            }
            TopicDescription description = Objects.requireNonNull(admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .get(topic));
            Map<TopicPartition, OffsetSpec> ends = description.partitions().stream()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic, partition.partition()),
                            partition -> OffsetSpec.latest()));
            Map<TopicPartition, RecordsToDelete> all =
                    new TreeMap<>((one, other) -> Integer.compare(one.partition(), other.partition()));
            admin.listOffsets(ends)
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            admin.deleteRecords(all).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("Topic %s can't be emptied.".formatted(topic), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", stopped);
        }
    }

    /** Returns when the contender is ready. */
    ContenderRun start(Contender contender, DatabaseAccess access) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(JVM_OPTIONS);
        command.addAll(jvmOptionsForNow());
        command.addAll(List.of(
                "-cp",
                ClassPath.of(root, contender.module()).option(),
                contender.mainClass(),
                "--spring.datasource.url=" + access.jdbcUrl(),
                "--spring.datasource.username=" + access.username(),
                "--spring.datasource.password=" + access.password(),
                "--spring.kafka.bootstrap-servers=" + kafka,
                "--benchmark.folder=" + folder));
        commonSettings().forEach((name, value) -> command.add("--%s=%s".formatted(name, value)));
        contender.settings().forEach((name, value) -> command.add("--%s=%s".formatted(name, value)));
        return ContenderRun.start(contender.id(), command, logs.resolve(contender.id() + ".log"));
    }

    /** What all contenders have in common. */
    static Map<String, String> commonSettings() {
        return new TreeMap<>(Map.of(
                "spring.application.name", "order-service",
                "spring.datasource.hikari.maximum-pool-size", Integer.toString(CONNECTIONS),
                "spring.datasource.hikari.minimum-idle", Integer.toString(CONNECTIONS),
                "spring.datasource.hikari.data-source-properties.prepareThreshold", "2",
                "spring.kafka.producer.acks", "all",
                "logging.level.root", "warn",
                "logging.level.org.apache.kafka", "error"));
    }

    /** For whoever profiles: options that are not part of the measured setting. */
    static List<String> jvmOptionsForNow() {
        String options = System.getenv("TIDINGS_BENCH_JAVA_OPTIONS");
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split(" +"));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        database.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
        try {
            broker.getOutputStream().close();
            if (!broker.waitFor(Duration.ofSeconds(20))) {
                broker.destroyForcibly();
            }
        } catch (IOException endedAlready) {
            broker.destroyForcibly();
        } catch (InterruptedException stopped) {
            broker.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
