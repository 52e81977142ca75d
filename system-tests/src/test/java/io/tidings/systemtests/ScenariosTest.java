package io.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.scenarios.Scenario;
import io.tidings.scenarios.ScenarioPlayer;
import io.tidings.scenarios.Scenarios;
import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.Patience;
import io.tidings.scenarios.narration.Performance;
import io.tidings.scenarios.narration.TextNarrator;
import io.tidings.systemtests.cluster.Cluster;
import io.tidings.systemtests.cluster.OnCluster;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario holds when each service is a process of its own. */
@OnCluster
@Order(2)
class ScenariosTest {

    static Stream<Named<Scenario>> scenarios() {
        return Scenarios.all().stream().map(scenario -> Named.of(scenario.title(), scenario));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void passes(Scenario scenario, Cluster system) {
        try (Door gateway = Door.gateway(system.gateway());
                Door mailbox = Door.mailbox(system.mailbox())) {
            List<Performance> performances = new ScenarioPlayer(
                            gateway, mailbox, Patience.usual(), TextNarrator.onStandardOutput())
                    .play(List.of(scenario));

            assertThat(performances).singleElement().matches(Performance::passed, "passes, as narrated above");
        }
    }
}
