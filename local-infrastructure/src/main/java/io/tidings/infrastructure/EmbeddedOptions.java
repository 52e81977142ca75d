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
 * @param postgresSettings as in {@code postgresql.conf}, over what it has anyway
 */
public record EmbeddedOptions(
        @Nullable Path dataFolder,
        int kafkaPort,
        int postgresPort,
        int smtpPort,
        int mailboxPort,
        Map<String, String> kafkaSettings,
        Map<String, String> postgresSettings) {

    public EmbeddedOptions {
        kafkaSettings = Map.copyOf(kafkaSettings);
        postgresSettings = Map.copyOf(postgresSettings);
    }

    /** A fresh data folder and free ports. */
    public static EmbeddedOptions defaults() {
        return new EmbeddedOptions(null, 0, 0, 0, 0, Map.of(), Map.of());
    }

    public EmbeddedOptions withDataFolder(Path folder) {
        return new EmbeddedOptions(
                folder, kafkaPort, postgresPort, smtpPort, mailboxPort, kafkaSettings, postgresSettings);
    }

    public EmbeddedOptions withKafkaPort(int port) {
        return new EmbeddedOptions(
                dataFolder, port, postgresPort, smtpPort, mailboxPort, kafkaSettings, postgresSettings);
    }

    public EmbeddedOptions withPostgresPort(int port) {
        return new EmbeddedOptions(dataFolder, kafkaPort, port, smtpPort, mailboxPort, kafkaSettings, postgresSettings);
    }

    public EmbeddedOptions withSmtpPort(int port) {
        return new EmbeddedOptions(
                dataFolder, kafkaPort, postgresPort, port, mailboxPort, kafkaSettings, postgresSettings);
    }

    public EmbeddedOptions withMailboxPort(int port) {
        return new EmbeddedOptions(
                dataFolder, kafkaPort, postgresPort, smtpPort, port, kafkaSettings, postgresSettings);
    }

    public EmbeddedOptions withKafkaSetting(String name, String value) {
        return new EmbeddedOptions(
                dataFolder,
                kafkaPort,
                postgresPort,
                smtpPort,
                mailboxPort,
                with(kafkaSettings, name, value),
                postgresSettings);
    }

    /**
     * Kafka with logins (SASL/PLAIN): it lets nobody in without one, and allows each only what an access control list says.
     *
     * @param superUser who may do everything, and is the broker's own login too
     * @param passwords of all who may come in, by their names; without quotes and backslashes
     */
    public EmbeddedOptions withKafkaLogins(String superUser, Map<String, String> passwords) {
        EmbeddedOptions options = this;
        for (Map.Entry<String, String> setting :
                KafkaSettings.logins(superUser, passwords).entrySet()) {
            options = options.withKafkaSetting(setting.getKey(), setting.getValue());
        }
        return options;
    }

    public EmbeddedOptions withPostgresSetting(String name, String value) {
        return new EmbeddedOptions(
                dataFolder,
                kafkaPort,
                postgresPort,
                smtpPort,
                mailboxPort,
                kafkaSettings,
                with(postgresSettings, name, value));
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return more;
    }
}
