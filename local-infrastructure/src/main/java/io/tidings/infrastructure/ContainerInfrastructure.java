package io.tidings.infrastructure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka, PostgreSQL and GreenMail as containers, by Testcontainers. It closes itself when the JVM exits. */
public final class ContainerInfrastructure implements Infrastructure {

    private static final String KAFKA_IMAGE = "apache/kafka:4.3.1";
    private static final String POSTGRES_IMAGE = "postgres:18-alpine";
    private static final String MAIL_IMAGE = "greenmail/standalone:2.1.13";

    private static final int KAFKA_PORT = 9092;
    private static final int POSTGRES_PORT = 5432;
    private static final int SMTP_PORT = 3025;
    private static final int MAILBOX_PORT = 8080;

    // The container's first process is a shell, which does not pass on the signal that Docker sends it.
    private static final String TERMINATE_JAVA =
            "for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" = java ] && kill -TERM ${p#/proc/}; done";

    private final OnDemand<FixedPortContainer<KafkaContainer>> kafka =
            new OnDemand<>("Kafka", ContainerInfrastructure::startKafka);
    private final OnDemand<Postgres> postgres = new OnDemand<>("PostgreSQL", ContainerInfrastructure::startPostgres);
    private final OnDemand<GenericContainer<?>> mail = new OnDemand<>("SMTP", ContainerInfrastructure::startMail);
    private final ExitHook exitHook = ExitHook.closing(this);

    /** Nothing is started yet. */
    public ContainerInfrastructure() {}

    @Override
    public String kafkaBootstrapServers() {
        return bootstrapServers(kafka.get().container());
    }

    @Override
    public DatabaseAccess database(String service) {
        return postgres.get().databases().of(service);
    }

    @Override
    public MailServer mail() {
        GenericContainer<?> container = mail.get();
        return new MailServer(
                container.getHost(),
                container.getMappedPort(SMTP_PORT),
                URI.create("http://%s:%d".formatted(container.getHost(), container.getMappedPort(MAILBOX_PORT))));
    }

    @Override
    public void start(Part... parts) {
        Together.run(Part.orAll(parts)
                .<Runnable>map(part -> switch (part) {
                    case KAFKA -> kafka::get;
                    case POSTGRES -> postgres::get;
                    case MAIL -> mail::get;
                })
                .toList());
    }

    @Override
    public void interruptKafka() {
        kafka.get().interrupt();
    }

    @Override
    public void resumeKafka() {
        kafka.get().resume();
    }

    @Override
    public void interruptPostgres() {
        postgres.get().container().interrupt();
    }

    @Override
    public void resumePostgres() {
        postgres.get().container().resume();
    }

    @Override
    public void close() {
        exitHook.remove();
        Together.run(List.of(kafka::close, postgres::close, mail::close));
    }

    private static FixedPortContainer<KafkaContainer> startKafka() {
        return FixedPortContainer.start(
                "Kafka",
                KAFKA_PORT,
                () -> {
                    KafkaContainer container = new KafkaContainer(DockerImageName.parse(KAFKA_IMAGE));
                    KafkaSettings.common().forEach((name, value) -> container.withEnv(environmentName(name), value));
                    container.withEnv("KAFKA_HEAP_OPTS", "-Xms128m -Xmx512m");
                    // It lives for a minute: what a better compiler takes is not made up for.
                    container.withEnv(
                            "KAFKA_JVM_PERFORMANCE_OPTS",
                            "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m -XX:+UseSerialGC");
                    return container;
                },
                container -> () -> {
                    try (Admin admin = Admin.create(
                            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(container)))) {
                        return !admin.describeCluster()
                                .nodes()
                                .get(5, TimeUnit.SECONDS)
                                .isEmpty();
                    }
                },
                container -> container.execInContainer("sh", "-c", TERMINATE_JAVA));
    }

    private static Postgres startPostgres() {
        String password = UUID.randomUUID().toString();
        FixedPortContainer<PostgreSQLContainer> container = FixedPortContainer.start(
                "PostgreSQL",
                POSTGRES_PORT,
                () -> new PostgreSQLContainer(DockerImageName.parse(POSTGRES_IMAGE))
                        .withUsername(PostgresInstallation.SUPERUSER)
                        .withPassword(password)
                        .withDatabaseName("postgres")
                        // Instead of Testcontainers' own command, which turns fsync off.
                        .withCommand("postgres", "-c", "fsync=on", "-c", "max_connections=300"),
                running -> () -> databases(running).acceptConnections(),
                nothingToDo -> {});
        return new Postgres(container, databases(container.container()));
    }

    private static GenericContainer<?> startMail() {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(MAIL_IMAGE))
                .withExposedPorts(SMTP_PORT, MAILBOX_PORT)
                // The image's own but for the one that logs each line, which makes each answer take 40 ms.
                .withEnv(
                        "GREENMAIL_OPTS",
                        "-Dgreenmail.setup.test.all -Dgreenmail.hostname=0.0.0.0 -Dgreenmail.auth.disabled")
                .waitingFor(Wait.forHttp("/api/service/readiness").forPort(MAILBOX_PORT))
                .withStartupTimeout(Duration.ofMinutes(1))
                .withStartupAttempts(3);
        try {
            container.start();
            return container;
        } catch (RuntimeException failure) {
            throw FixedPortContainer.didNotStart("SMTP", container, failure);
        }
    }

    private static Databases databases(PostgreSQLContainer container) {
        return new Databases(
                container.getHost(),
                container.getMappedPort(POSTGRES_PORT),
                container.getUsername(),
                container.getPassword());
    }

    private static String bootstrapServers(KafkaContainer container) {
        return container.getHost() + ":" + container.getMappedPort(KAFKA_PORT);
    }

    private static String environmentName(String property) {
        return "KAFKA_" + property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private record Postgres(FixedPortContainer<PostgreSQLContainer> container, Databases databases)
            implements AutoCloseable {

        @Override
        public void close() {
            container.close();
        }
    }
}
