package io.tidings.rights;

import java.util.Map;

/**
 * A name and a password by which a client says who it is (SASL/PLAIN).
 *
 * @param name of the client, without quotes and backslashes
 * @param password without quotes and backslashes
 */
public record Login(String name, String password) {

    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";

    public Login {
        if ((name + password).matches("(?s).*[\"\\\\\n\r].*")) {
            throw new IllegalArgumentException(
                    "A name or password for Kafka must be without quotes, backslashes and line breaks.");
        }
    }

    /** The settings of a client that logs in there. */
    public Map<String, Object> at(String bootstrapServers) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "%s required username=\"%s\" password=\"%s\";".formatted(MODULE, name, password));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name;
    }
}
