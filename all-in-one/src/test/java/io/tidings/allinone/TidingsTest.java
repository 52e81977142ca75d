package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.scenarios.Scenario;
import io.tidings.scenarios.ScenarioPlayer;
import io.tidings.scenarios.Scenarios;
import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.Patience;
import io.tidings.scenarios.narration.Performance;
import io.tidings.scenarios.narration.TextNarrator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnQuietSystem
class TidingsTest {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void the_whole_shop_starts_fulfils_an_order_and_stops() {
        // given
        try (Tidings tidings = notStarted("demo")) {
            // when
            tidings.start();

            // then
            assertThat(told()).contains("Kafka is up on", "PostgreSQL is up on", "SMTP is up on", "all healthy after");
            assertThat(Service.BEHIND_THE_GATEWAY)
                    .allSatisfy(service ->
                            assertThat(statusThroughGateway(tidings, service)).isEqualTo("UP"));
            assertThat(played(
                            tidings,
                            "notification",
                            "state-transfer",
                            "price-change",
                            "choreography",
                            "ordering",
                            "dead-letter"))
                    .allMatch(Performance::passed);

            // when
            tidings.close();

            // then
            assertThat(tidings.isStopped()).isTrue();
            assertThat(listens(tidings.gateway())).isFalse();
            assertThat(listens(tidings.mailbox())).isFalse();
        }
    }

    @Test
    void without_kafka_every_scenario_passes_that_does_not_say_why_it_needs_it(Tidings quiet) {
        // given
        String[] scenarios = Scenarios.all().stream()
                .filter(scenario -> scenario.needsKafka().isEmpty())
                .map(Scenario::name)
                .toArray(String[]::new);

        // when
        List<Performance> performances = played(quiet, scenarios);

        // then
        assertThat(performances).hasSizeGreaterThanOrEqualTo(10).allMatch(Performance::passed);
    }

    @Test
    void a_part_that_can_not_start_is_named_with_what_to_do(@TempDir Path folder) throws IOException {
        // given
        Path file = Files.createFile(folder.resolve("a file and no folder"));

        // when
        try (Tidings tidings = notStarted("up", "--bus=in-process", "--data=" + file)) {
            // then
            assertThatThrownBy(tidings::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("PostgreSQL did not start: Folder %s cannot be written to".formatted(file));
        }
    }

    private Tidings notStarted(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command));
        Stream.of(Port.values()).map(port -> port.option() + "=0").forEach(arguments::add);
        arguments.addAll(List.of(options));
        return new Tidings(
                CommandLine.parse(arguments, Map.of()),
                new Progress(new PrintStream(told, true, StandardCharsets.UTF_8)));
    }

    private static String statusThroughGateway(Tidings tidings, Service service) {
        try (Door gateway = Door.gateway(tidings.gateway())) {
            return gateway.get("/services/%s/actuator/health/readiness".formatted(service))
                    .as("status", String.class);
        }
    }

    private static List<Performance> played(Tidings tidings, String... scenarios) {
        try (Door gateway = Door.gateway(tidings.gateway());
                Door mailbox = Door.mailbox(tidings.mailbox())) {
            return new ScenarioPlayer(gateway, mailbox, Patience.usual(), TextNarrator.onStandardOutput())
                    .play(Scenarios.named(List.of(scenarios)));
        }
    }

    private static boolean listens(URI address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 1_000);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
