package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.scenarios.Scenario;
import io.tidings.scenarios.Scenarios;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void demo_plays_all_scenarios_and_stays_open() {
        CommandLine asked = parse("demo");

        assertThat(asked.scenarios()).isEqualTo(Scenarios.all());
        assertThat(asked.staysOpen()).isTrue();
        assertThat(asked.needsKafka()).isTrue();
        assertThat(asked.dataFolder()).isNull();
    }

    @Test
    void demo_plays_what_is_named_and_ends_if_it_is_told_so() {
        CommandLine asked = parse("demo", "--exit", "wallet", "out-of-stock");

        assertThat(asked.scenarios()).extracting(Scenario::name).containsExactly("wallet", "out-of-stock");
        assertThat(asked.staysOpen()).isFalse();
    }

    @Test
    void up_plays_nothing_and_stays_open() {
        CommandLine asked = parse("up");

        assertThat(asked.scenarios()).isEmpty();
        assertThat(asked.staysOpen()).isTrue();
    }

    @Test
    void up_can_do_without_kafka() {
        CommandLine asked = parse("up", "--bus=in-process");

        assertThat(asked.bus()).isEqualTo("in-process");
        assertThat(asked.needsKafka()).isFalse();
    }

    @Test
    void without_kafka_demo_leaves_out_what_needs_it() {
        List<String> left = parse("demo", "--bus=in-process").scenarios().stream()
                .map(Scenario::name)
                .toList();

        assertThat(left)
                .contains("choreography", "ordering", "alert")
                .doesNotContain(
                        "storm", "replay", "stalled-flow", "cancel-in-flight", "orchestration-participant-down");
    }

    @Test
    void data_can_be_kept() {
        assertThat(parse("up", "--data=kept").dataFolder()).isEqualTo(Path.of("kept"));
    }

    @Test
    void ports_are_the_usual_ones_unless_others_are_chosen() {
        CommandLine asked = CommandLine.parse(
                List.of("up", "--gateway-port=9080", "--kafka-port=0"),
                Map.of("TIDINGS_POSTGRES_PORT", "25432", "TIDINGS_GATEWAY_PORT", "7080"));

        assertThat(asked.ports().of(Port.GATEWAY))
                .as("The option goes before the environment")
                .isEqualTo(9080);
        assertThat(asked.ports().of(Port.KAFKA)).isZero();
        assertThat(asked.ports().of(Port.POSTGRES)).isEqualTo(25432);
        assertThat(asked.ports().of(Port.ORDER_SERVICE)).isEqualTo(8082);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                       | There is no command ''; say 'demo' or 'up'.
            dmeo                     | There is no command 'dmeo'; say 'demo' or 'up'.
            demo --bus=in-process storm | 'storm' needs Kafka, since in process each edit is delivered before the next
            up --exit                | '--exit' means nothing to up
            up wallet                | 'wallet' means nothing to up
            up --data=               | '--data=' means nothing to up
            up --bus=rabbit          | There is no bus 'rabbit'; say --bus=kafka or --bus=in-process.
            up --kafka-port=x        | --kafka-port needs a port between 0 and 65535, and not 'x'.
            up --kafka-port=70000    | --kafka-port needs a port between 0 and 65535, and not '70000'.
            demo nothing             | There is no scenario 'nothing'; those that can be played are
            """, quoteCharacter = '"')
    void what_is_not_there_is_refused_in_a_sentence(String words, String sentence) {
        List<String> arguments = words.equals("''") ? List.of() : List.of(words.split(" "));

        assertThatThrownBy(() -> CommandLine.parse(arguments, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void a_port_in_the_environment_that_is_none_is_refused_by_its_name() {
        assertThatThrownBy(() -> CommandLine.parse(List.of("up"), Map.of("TIDINGS_SMTP_PORT", "smtp")))
                .hasMessage("TIDINGS_SMTP_PORT needs a port between 0 and 65535, and not 'smtp'.");
    }

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments), Map.of());
    }
}
