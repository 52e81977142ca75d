package io.tidings.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithInfrastructureTest {

    private static final int EXIT_CODE = 7;

    @TempDir
    Path temporary;

    @Test
    void a_command_finds_kafka_postgresql_and_smtp_its_exit_code_is_told_and_nothing_is_left() throws Exception {
        // given
        Path found = temporary.resolve("found");
        // when
        int exitCode = WithInfrastructure.run("order-service", command(found));
        // then
        assertThat(exitCode).as("exit code").isEqualTo(EXIT_CODE);
        assertThat(found)
                .as("what the command found, and the ports")
                .content()
                .matches("one broker, database order_service, 220 \\d+ \\d+ \\d+");
        String[] ports = Files.readString(found).split(" 220 ")[1].split(" ");
        for (String port : ports) {
            assertThatThrownBy(() -> new Socket("127.0.0.1", Integer.parseInt(port)).close())
                    .as("a connection to port " + port + " after the command has ended")
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_command_that_is_not_there_is_named() {
        assertThatThrownBy(() -> WithInfrastructure.run(
                        "order-service", List.of(temporary.resolve("nowhere").toString())))
                .isInstanceOf(InfrastructureException.class)
                .hasMessageContaining("nowhere");
    }

    private static List<String> command(Path found) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Client.class.getName(),
                found.toString());
    }

    /** The command: reaches what its environment names, and writes down what it has found. */
    static final class Client {

        public static void main(String[] arguments) throws Exception {
            Map<String, String> environment = System.getenv();
            String brokers = environment.get("SPRING_KAFKA_BOOTSTRAP_SERVERS");
            String url = environment.get("SPRING_DATASOURCE_URL");
            String smtpPort = environment.get("SPRING_MAIL_PORT");
            Properties settings = new Properties();
            settings.put("bootstrap.servers", brokers);
            StringBuilder found = new StringBuilder();
            try (Admin admin = Admin.create(settings)) {
                int count = admin.describeCluster()
                        .nodes()
                        .get(30, TimeUnit.SECONDS)
                        .size();
                found.append(count == 1 ? "one broker" : count + " brokers");
            }
            try (Connection connection = DriverManager.getConnection(
                    url,
                    environment.get("SPRING_DATASOURCE_USERNAME"),
                    environment.get("SPRING_DATASOURCE_PASSWORD"))) {
                found.append(", database ").append(connection.getCatalog());
            }
            try (Socket mail = new Socket(environment.get("SPRING_MAIL_HOST"), Integer.parseInt(smtpPort))) {
                found.append(", ").append(new String(mail.getInputStream().readNBytes(3)));
            }
            String databasePort = url.replaceFirst(".*:(\\d+)/.*", "$1");
            found.append(" %s %s %s".formatted(brokers.split(":")[1], databasePort, smtpPort));
            Files.writeString(Path.of(arguments[0]), found);
            System.exit(EXIT_CODE);
        }
    }
}
