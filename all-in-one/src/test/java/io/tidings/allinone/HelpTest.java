package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.scenarios.Scenario;
import io.tidings.scenarios.Scenarios;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What {@code ./tidings help} says is all there is. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "./tidings is a script for bash")
class HelpTest {

    @Test
    void every_scenario_and_every_port_is_listed() throws IOException {
        String help = help();

        assertThat(help).contains(Scenarios.all().stream().map(Scenario::name).toList());
        assertThat(help).contains(Stream.of(Port.values()).map(Port::label).toList());
    }

    private static String help() throws IOException {
        Process process = new ProcessBuilder("bash", "../tidings", "help").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
