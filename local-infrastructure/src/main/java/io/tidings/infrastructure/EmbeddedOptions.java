package io.tidings.infrastructure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an {@link EmbeddedInfrastructure} keeps its data and listens. Port 0 takes any free port.
 *
 * @param dataFolder kept when the infrastructure is closed and used again by the next; null for a fresh one that is
 *     deleted
 */
public record EmbeddedOptions(
        @Nullable Path dataFolder, int kafkaPort, int postgresPort, int smtpPort, int mailboxPort) {

    /** A fresh data folder and free ports. */
    public static EmbeddedOptions defaults() {
        return new EmbeddedOptions(null, 0, 0, 0, 0);
    }

    public EmbeddedOptions withDataFolder(Path folder) {
        return new EmbeddedOptions(folder, kafkaPort, postgresPort, smtpPort, mailboxPort);
    }

    public EmbeddedOptions withKafkaPort(int port) {
        return new EmbeddedOptions(dataFolder, port, postgresPort, smtpPort, mailboxPort);
    }

    public EmbeddedOptions withPostgresPort(int port) {
        return new EmbeddedOptions(dataFolder, kafkaPort, port, smtpPort, mailboxPort);
    }

    public EmbeddedOptions withSmtpPort(int port) {
        return new EmbeddedOptions(dataFolder, kafkaPort, postgresPort, port, mailboxPort);
    }

    public EmbeddedOptions withMailboxPort(int port) {
        return new EmbeddedOptions(dataFolder, kafkaPort, postgresPort, smtpPort, port);
    }
}
