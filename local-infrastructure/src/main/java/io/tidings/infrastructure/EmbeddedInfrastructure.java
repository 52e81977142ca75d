package io.tidings.infrastructure;

import java.nio.file.Path;
import java.util.List;

/**
 * Kafka and SMTP in this JVM and PostgreSQL as its child, without Docker. Everything listens on 127.0.0.1 only. It
 * closes itself when the JVM exits; a PostgreSQL that a killed JVM leaves behind is stopped by the next start.
 */
public final class EmbeddedInfrastructure implements Infrastructure {

    private final OnDemand<DataFolder> folder;
    private final OnDemand<EmbeddedKafka> kafka;
    private final OnDemand<PostgresServer> postgres;
    private final OnDemand<EmbeddedMail> mail;
    private final ExitHook exitHook;

    /** Nothing is started yet. */
    public EmbeddedInfrastructure(EmbeddedOptions options) {
        Path chosen = options.dataFolder();
        this.folder = new OnDemand<>(
                "The data folder",
                () -> chosen != null
                        ? DataFolder.open(chosen)
                        : DataFolder.fresh(Folders.cache(UnprivilegedUser.find()
                                .map(UnprivilegedUser::differs)
                                .orElse(false))));
        this.kafka = new OnDemand<>(
                "Kafka",
                () -> new EmbeddedKafka(folder.get().resolve("kafka"), options.kafkaPort(), options.kafkaSettings()));
        this.postgres = new OnDemand<>(
                "PostgreSQL",
                () -> PostgresServer.start(
                        folder.get().resolve(PostgresServer.FOLDER),
                        !folder.get().isFresh(),
                        options.postgresPort(),
                        options.postgresSettings()));
        this.mail = new OnDemand<>("SMTP", () -> new EmbeddedMail(options.smtpPort(), options.mailboxPort()));
        this.exitHook = ExitHook.closing(this);
    }

    /** All parts, running. */
    public static EmbeddedInfrastructure started(EmbeddedOptions options) {
        EmbeddedInfrastructure infrastructure = new EmbeddedInfrastructure(options);
        try {
            infrastructure.start();
            return infrastructure;
        } catch (RuntimeException failure) {
            infrastructure.close();
            throw failure;
        }
    }

    @Override
    public String kafkaBootstrapServers() {
        return kafka.get().bootstrapServers();
    }

    @Override
    public DatabaseAccess database(String service) {
        return postgres.get().databases().of(service);
    }

    /** Who may do everything on the PostgreSQL server, and the database in which that is best done. */
    public DatabaseAccess postgresSuperuser() {
        return postgres.get().databases().superuser();
    }

    @Override
    public MailServer mail() {
        return mail.get().server();
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
        postgres.get().interrupt();
    }

    @Override
    public void resumePostgres() {
        postgres.get().resume();
    }

    @Override
    public void close() {
        exitHook.remove();
        try {
            Together.run(List.of(kafka::close, postgres::close, mail::close));
        } finally {
            folder.close();
        }
    }
}
