package io.tidings.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * With one of its protections taken away, the system is damaged, and the fault runner says so: what finds no damage could
 * be blind. Each test starts the whole system, so they run on request only ({@code -Dtidings.faults.prove=true}).
 */
@EnabledIfSystemProperty(named = "tidings.faults.prove", matches = "true")
class ProverTest {

    private static final long SEED = 7;

    @Test
    void without_the_inbox_messages_take_effect_twice() throws Exception {
        FaultReport report =
                run(Sabotage.INBOX_OFF, Collections.nCopies(4, FaultKind.CUT_DATABASE), FaultKind.KILL_SERVICE);

        assertThat(report.twice()).as(report.toText()).isPositive();
    }

    @Test
    void with_the_outbox_emptied_before_the_acknowledgement_messages_are_lost() throws Exception {
        FaultReport report =
                run(Sabotage.DELETE_FIRST, Collections.nCopies(3, FaultKind.KILL_BROKER), FaultKind.CUT_BROKER);

        assertThat(report.lost()).as(report.toText()).isPositive();
    }

    @Test
    void without_parking_what_follows_a_dead_letter_overtakes_it() throws Exception {
        FaultReport report = run(Sabotage.PARKING_OFF, List.of(), FaultKind.FAILING_HANDLER);

        assertThat(report.outOfOrder()).as(report.toText()).isPositive();
    }

    private static FaultReport run(Sabotage sabotage, List<FaultKind> faults, FaultKind last) throws Exception {
        List<FaultKind> all = new ArrayList<>(faults);
        all.add(last);
        FaultReport report = new FaultRun(
                        SEED, Duration.ZERO, FaultsTest.folder(sabotage.name().toLowerCase()), all, sabotage)
                .run();
        System.out.println(report.toText());
        return report;
    }
}
