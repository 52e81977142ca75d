package io.tidings.infrastructure;

import static io.tidings.infrastructure.InfrastructureContract.execute;
import static io.tidings.infrastructure.InfrastructureContract.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How embedded infrastructure begins and ends, also when it goes wrong. */
class EmbeddedLifecycleTest {

    @TempDir
    Path folder;

    @Test
    void data_in_a_chosen_folder_is_there_at_the_next_start() throws Exception {
        // given
        EmbeddedOptions options = EmbeddedOptions.defaults().withDataFolder(folder.resolve("data"));
        try (EmbeddedInfrastructure first = new EmbeddedInfrastructure(options)) {
            first.start(Part.KAFKA, Part.POSTGRES);
            execute(first.database("order-service"), "CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (7)");
            try (Admin admin = admin(first)) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
        }
        // when
        try (EmbeddedInfrastructure second = new EmbeddedInfrastructure(options)) {
            second.start(Part.KAFKA, Part.POSTGRES);
            // then
            assertThat(query(second.database("order-service"), "SELECT id FROM kept"))
                    .isEqualTo("7");
            try (Admin admin = admin(second)) {
                assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains("kept");
            }
        }
    }

    @Test
    void a_setting_of_postgres_that_was_chosen_is_in_force_and_the_superuser_sees_it() throws Exception {
        // given
        EmbeddedOptions options = EmbeddedOptions.defaults().withPostgresSetting("wal_level", "logical");
        // when
        try (EmbeddedInfrastructure infrastructure = new EmbeddedInfrastructure(options)) {
            // then
            assertThat(query(infrastructure.postgresSuperuser(), "SHOW wal_level"))
                    .isEqualTo("logical");
            assertThat(query(infrastructure.postgresSuperuser(), "SHOW is_superuser"))
                    .isEqualTo("on");
        }
    }

    @Test
    void closing_leaves_no_process_and_no_open_port() throws Exception {
        // given
        EmbeddedInfrastructure infrastructure =
                EmbeddedInfrastructure.started(EmbeddedOptions.defaults().withDataFolder(folder));
        int kafka = portOf(URI.create("kafka://" + infrastructure.kafkaBootstrapServers()));
        int postgres = portOf(
                URI.create(infrastructure.database("order-service").jdbcUrl().substring("jdbc:".length())));
        MailServer mail = infrastructure.mail();
        assertThat(processesOn(folder)).isNotEmpty();
        // when
        infrastructure.close();
        // then
        assertThat(processesOn(folder)).isEmpty();
        for (int port : new int[] {kafka, postgres, mail.smtpPort(), portOf(mail.mailboxApi())}) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(Loopback.HOST))) {
                assertThat(socket.isBound()).isTrue();
            }
        }
    }

    @Test
    void closing_deletes_a_folder_that_nobody_chose() throws Exception {
        // given
        DataFolder fresh = DataFolder.fresh(folder);
        Files.writeString(Files.createDirectories(fresh.resolve("kafka")).resolve("file"), "data");
        // when
        fresh.close();
        // then
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            assertThat(runs).isEmpty();
        }
    }

    @Test
    void a_folder_that_nobody_chose_begins_in_another_part_of_an_ext4_disk_than_the_last() throws Exception {
        // given
        assumeThat(Files.getFileStore(folder).type()).isEqualTo("ext4");
        // when
        DataFolder.fresh(folder).close();
        // then
        Process attributes = new ProcessBuilder(
                        "lsattr", "-d", folder.resolve("runs").toString())
                .redirectErrorStream(true)
                .start();
        String answer = new String(attributes.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer.split(" ")[0]).as("attributes, by " + answer).contains("T");
    }

    @Test
    void what_is_closed_says_so() {
        // given
        EmbeddedInfrastructure infrastructure = new EmbeddedInfrastructure(EmbeddedOptions.defaults());
        infrastructure.close();
        // when, then
        assertThatThrownBy(infrastructure::mail)
                .isInstanceOf(InfrastructureException.class)
                .hasMessage("SMTP is closed; ask a new infrastructure for it.");
    }

    @ParameterizedTest
    @EnumSource(Listener.class)
    void a_taken_port_is_named_with_what_to_do(Listener listener) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST))) {
            // given
            EmbeddedOptions options = listener.options.apply(other.getLocalPort());
            try (EmbeddedInfrastructure infrastructure = new EmbeddedInfrastructure(options)) {
                // when, then
                assertThatThrownBy(() -> infrastructure.start(listener.part))
                        .isInstanceOf(InfrastructureException.class)
                        .hasMessage(
                                "Port %d for %s is taken; stop what listens there or choose another with EmbeddedOptions.%s.",
                                other.getLocalPort(), listener.owner, listener.option);
            }
        }
    }

    @Test
    void a_part_that_could_not_start_starts_when_the_cause_is_gone() throws Exception {
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST));
        try (EmbeddedInfrastructure infrastructure =
                new EmbeddedInfrastructure(EmbeddedOptions.defaults().withSmtpPort(other.getLocalPort()))) {
            // given
            assertThatThrownBy(infrastructure::mail).isInstanceOf(InfrastructureException.class);
            // when
            other.close();
            // then
            assertThat(infrastructure.mail().smtpPort()).isEqualTo(other.getLocalPort());
        }
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_named() throws Exception {
        // given
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        try (EmbeddedInfrastructure infrastructure =
                new EmbeddedInfrastructure(EmbeddedOptions.defaults().withDataFolder(file.resolve("data")))) {
            // when, then
            assertThatThrownBy(() -> infrastructure.start(Part.POSTGRES))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageStartingWith("Folder " + file.resolve("data") + " cannot be written to")
                    .hasMessageEndingWith("choose another with EmbeddedOptions.withDataFolder.");
        }
    }

    @Test
    void a_folder_serves_one_infrastructure_at_a_time() {
        // given
        EmbeddedOptions options = EmbeddedOptions.defaults().withDataFolder(folder);
        try (EmbeddedInfrastructure first = new EmbeddedInfrastructure(options);
                EmbeddedInfrastructure second = new EmbeddedInfrastructure(options)) {
            first.start(Part.POSTGRES);
            // when, then
            assertThatThrownBy(() -> second.start(Part.POSTGRES))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageContaining("is in use by another running infrastructure");
        }
    }

    @Test
    void a_postgres_that_does_not_start_says_why() throws Exception {
        // given
        EmbeddedOptions options = EmbeddedOptions.defaults().withDataFolder(folder);
        try (EmbeddedInfrastructure first = new EmbeddedInfrastructure(options)) {
            first.start(Part.POSTGRES);
        }
        Files.delete(folder.resolve("postgres/cluster/global/pg_control"));
        // when, then
        try (EmbeddedInfrastructure second = new EmbeddedInfrastructure(options)) {
            assertThatThrownBy(() -> second.start(Part.POSTGRES))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageStartingWith("PostgreSQL did not start on port")
                    .hasMessageContaining("could not find the database system")
                    .hasMessageEndingWith("choose another port or folder with EmbeddedOptions.");
        }
    }

    @Test
    void a_kafka_that_does_not_start_says_why_and_starts_when_the_cause_is_gone() throws Exception {
        // given
        Path kafka = Files.createDirectories(folder.resolve("kafka"));
        Files.writeString(kafka.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=another\n");
        try (EmbeddedInfrastructure infrastructure =
                new EmbeddedInfrastructure(EmbeddedOptions.defaults().withDataFolder(folder))) {
            // when, then
            assertThatThrownBy(() -> infrastructure.start(Part.KAFKA))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageStartingWith("Kafka did not start on " + kafka)
                    .hasMessageEndingWith("delete that folder to start with an empty one.");
            // when
            Files.delete(kafka.resolve("meta.properties"));
            infrastructure.start(Part.KAFKA);
            // then
            try (Admin admin = admin(infrastructure)) {
                assertThat(admin.describeCluster().nodes().get(30, TimeUnit.SECONDS))
                        .hasSize(1);
            }
        }
    }

    @Test
    void of_a_kafka_that_has_half_started_nothing_is_left() {
        // given
        EmbeddedOptions options = EmbeddedOptions.defaults()
                .withKafkaSetting("authorizer.class.name", LateAuthorizer.class.getName())
                .withKafkaSetting("super.users", "User:ANONYMOUS");
        try (EmbeddedInfrastructure infrastructure = new EmbeddedInfrastructure(options)) {
            // when
            assertThatThrownBy(() -> infrastructure.start(Part.KAFKA))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageContaining("It is not ready in time.");
            // then
            assertThatThrownBy(() -> new Socket(Loopback.HOST, LateAuthorizer.controllerPort).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    /** Lets the controller start, and not the broker: it throws what Kafka does when it has waited for long enough. */
    public static final class LateAuthorizer extends StandardAuthorizer {

        private static volatile int controllerPort;

        @Override
        public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
            Endpoint endpoint = server.endpoints().iterator().next();
            if (endpoint.listener().equals(KafkaSettings.CLIENTS)) {
                throwAsScalaDoes(new TimeoutException("It is not ready in time."));
            }
            controllerPort = endpoint.port();
            return super.start(server);
        }

        /** Scala does not know of checked exceptions. */
        @SuppressWarnings("unchecked") // it is not true, and nobody checks it
        private static <T extends Throwable> void throwAsScalaDoes(Throwable failure) throws T {
            throw (T) failure;
        }
    }

    @Test
    void a_postgres_of_a_killed_process_is_stopped_by_the_next_start_on_its_folder() throws Exception {
        // given
        long leftBehind = killARunOn(folder);
        assertThat(isRunning(leftBehind)).isTrue();
        // when
        try (EmbeddedInfrastructure next =
                new EmbeddedInfrastructure(EmbeddedOptions.defaults().withDataFolder(folder))) {
            String rows = query(next.database("order-service"), "SELECT count(*) FROM survivors");
            // then
            assertThat(rows).isEqualTo("1");
            assertThat(isRunning(leftBehind)).isFalse();
        }
    }

    @Test
    void a_process_that_only_has_the_number_of_an_old_postgres_is_left_alone() throws Exception {
        // given
        EmbeddedOptions options = EmbeddedOptions.defaults().withDataFolder(folder);
        try (EmbeddedInfrastructure first = new EmbeddedInfrastructure(options)) {
            first.start(Part.POSTGRES);
        }
        Process unrelated =
                new ProcessBuilder(java(), "-cp", System.getProperty("java.class.path"), Idle.class.getName()).start();
        try {
            Files.writeString(
                    folder.resolve("postgres/cluster/postmaster.pid"),
                    "%d\n%s\n1\n".formatted(unrelated.pid(), folder.resolve("postgres/cluster")));
            // when
            try (EmbeddedInfrastructure second = new EmbeddedInfrastructure(options)) {
                second.start(Part.POSTGRES);
            }
            // then
            assertThat(unrelated.isAlive()).isTrue();
        } finally {
            unrelated.destroyForcibly();
        }
    }

    @Test
    void what_a_killed_process_left_in_the_cache_is_removed_by_the_next() throws Exception {
        // given
        Path abandoned = folder.resolve("runs").resolve("killed");
        long leftBehind = killARunOn(abandoned);
        // when
        DataFolder next = DataFolder.fresh(folder);
        // then
        await().atMost(Duration.ofSeconds(10)).until(() -> !isRunning(leftBehind));
        assertThat(abandoned.resolve("postgres").resolve("cluster").resolve("PG_VERSION"))
                .doesNotExist();
        next.close();
    }

    @Test
    void a_process_that_exits_in_order_leaves_nothing_behind() throws Exception {
        // given
        Process process = startARunOn(folder);
        // when
        process.destroy();
        process.waitFor(60, TimeUnit.SECONDS);
        // then
        assertThat(processesOn(folder)).isEmpty();
    }

    /** Answers the number of the PostgreSQL that outlived it. */
    private static long killARunOn(Path folder) throws Exception {
        Process process = startARunOn(folder);
        process.destroyForcibly().waitFor();
        return PostgresProcess.of(folder.resolve("postgres"))
                .orElseThrow()
                .handle()
                .pid();
    }

    private static Process startARunOn(Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        java(), "-cp", System.getProperty("java.class.path"), Idle.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("ready");
        return process;
    }

    private static boolean isRunning(long process) {
        return ProcessHandle.of(process).filter(PostgresProcess::isRunning).isPresent();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> processesOn(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }

    private static Admin admin(Infrastructure infrastructure) {
        return Admin.create(Map.of("bootstrap.servers", infrastructure.kafkaBootstrapServers()));
    }

    private static int portOf(URI uri) {
        return uri.getPort();
    }

    enum Listener {
        KAFKA(Part.KAFKA, "Kafka", "withKafkaPort", EmbeddedOptions.defaults()::withKafkaPort),
        POSTGRES(Part.POSTGRES, "PostgreSQL", "withPostgresPort", EmbeddedOptions.defaults()::withPostgresPort),
        SMTP(Part.MAIL, "SMTP", "withSmtpPort", EmbeddedOptions.defaults()::withSmtpPort),
        MAILBOX(Part.MAIL, "the mailboxes", "withMailboxPort", EmbeddedOptions.defaults()::withMailboxPort);

        private final Part part;
        private final String owner;
        private final String option;
        private final IntFunction<EmbeddedOptions> options;

        Listener(Part part, String owner, String option, IntFunction<EmbeddedOptions> options) {
            this.part = part;
            this.owner = owner;
            this.option = option;
            this.options = options;
        }
    }

    /** A process that waits to be ended, with a PostgreSQL if it is given a folder. */
    static final class Idle {

        public static void main(String... arguments) throws Exception {
            if (arguments.length > 0) {
                Infrastructure infrastructure =
                        new EmbeddedInfrastructure(EmbeddedOptions.defaults().withDataFolder(Path.of(arguments[0])));
                execute(
                        infrastructure.database("order-service"),
                        "CREATE TABLE survivors (id int)",
                        "INSERT INTO survivors VALUES (1)");
                System.out.println("ready");
            }
            Thread.currentThread().join();
        }
    }
}
