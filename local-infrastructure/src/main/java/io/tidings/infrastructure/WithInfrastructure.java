package io.tidings.infrastructure;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs a command beside a Kafka, a PostgreSQL and an SMTP server of its own, and ends with its exit code. It is told where they
 * are in the environment variables that Spring Boot reads them from, as {@code docker-compose.yml} does, and everything is
 * gone when it ends:
 *
 * <pre>{@code java -cp 'local-infrastructure.jar:lib/*' io.tidings.infrastructure.WithInfrastructure order-service ./train}</pre>
 */
public final class WithInfrastructure {

    private WithInfrastructure() {}

    /**
     * @param arguments the service whose database the command gets, and the command with its arguments
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 2) {
            System.err.println("Say which service's database is needed, and the command to run: order-service ./train");
            System.exit(2);
        }
        System.exit(run(arguments[0], Arrays.asList(arguments).subList(1, arguments.length)));
    }

    /**
     * @return the command's exit code
     * @throws InfrastructureException if the command cannot be started
     */
    static int run(String service, List<String> command) throws InterruptedException {
        try (Infrastructure infrastructure = EmbeddedInfrastructure.started(EmbeddedOptions.defaults())) {
            ProcessBuilder process = new ProcessBuilder(command).inheritIO();
            process.environment().putAll(variables(infrastructure, service));
            return process.start().waitFor();
        } catch (IOException failure) {
            throw new InfrastructureException(
                    "The command %s cannot be started (%s); see whether it is there and may be executed."
                            .formatted(command.getFirst(), failure.getMessage()),
                    failure);
        }
    }

    private static Map<String, String> variables(Infrastructure infrastructure, String service) {
        DatabaseAccess database = infrastructure.database(service);
        MailServer mail = infrastructure.mail();
        return Map.of(
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", infrastructure.kafkaBootstrapServers(),
                "SPRING_DATASOURCE_URL", database.jdbcUrl(),
                "SPRING_DATASOURCE_USERNAME", database.username(),
                "SPRING_DATASOURCE_PASSWORD", database.password(),
                "SPRING_MAIL_HOST", mail.smtpHost(),
                "SPRING_MAIL_PORT", String.valueOf(mail.smtpPort()));
    }
}
