package io.tidings.infrastructure;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an {@link EmbeddedInfrastructure} keeps its data and listens. Port 0 takes any free port.
 *
 * @param dataFolder kept when the infrastructure is closed and used again by the next; null for a fresh one that is
 *     deleted
 * @param kafkaSettings of the broker, over what it has anyway
 */
public record EmbeddedOptions(
        @Nullable Path dataFolder,
        int kafkaPort,
        int postgresPort,
        int smtpPort,
        int mailboxPort,
        Map<String, String> kafkaSettings) {

    public EmbeddedOptions {
        kafkaSettings = Map.copyOf(kafkaSettings);
    }

    /** A fresh data folder and free ports. */
    public static EmbeddedOptions defaults() {
        return new EmbeddedOptions(null, 0, 0, 0, 0, Map.of());
    }

    public EmbeddedOptions withDataFolder(Path folder) {
        return new EmbeddedOptions(folder, kafkaPort, postgresPort, smtpPort, mailboxPort, kafkaSettings);
    }

    public EmbeddedOptions withKafkaPort(int port) {
        return new EmbeddedOptions(dataFolder, port, postgresPort, smtpPort, mailboxPort, kafkaSettings);
    }

    public EmbeddedOptions withPostgresPort(int port) {
        return new EmbeddedOptions(dataFolder, kafkaPort, port, smtpPort, mailboxPort, kafkaSettings);
    }

    public EmbeddedOptions withSmtpPort(int port) {
        return new EmbeddedOptions(dataFolder, kafkaPort, postgresPort, port, mailboxPort, kafkaSettings);
    }

    public EmbeddedOptions withMailboxPort(int port) {
        return new EmbeddedOptions(dataFolder, kafkaPort, postgresPort, smtpPort, port, kafkaSettings);
    }

    public EmbeddedOptions withKafkaSetting(String name, String value) {
        Map<String, String> settings = new HashMap<>(kafkaSettings);
        settings.put(name, value);
        return new EmbeddedOptions(dataFolder, kafkaPort, postgresPort, smtpPort, mailboxPort, settings);
    }
}
