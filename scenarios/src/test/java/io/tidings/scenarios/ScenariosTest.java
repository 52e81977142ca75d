package io.tidings.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenariosTest {

    @Test
    void all_are_played_if_none_is_named() {
        assertThat(Scenarios.named(List.of())).isEqualTo(Scenarios.all());
    }

    @Test
    void those_that_are_named_are_played_in_that_order() {
        assertThat(Scenarios.named(List.of("wallet", "notification")))
                .extracting(Scenario::name)
                .containsExactly("wallet", "notification");
    }

    @Test
    void an_unknown_name_is_answered_with_those_that_are_known() {
        assertThatThrownBy(() -> Scenarios.named(List.of("choreographie")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no scenario 'choreographie'; those that can be played are notification,"
                        + " state-transfer, erasure, price-change, choreography, out-of-stock, insufficient-funds,"
                        + " cancel-in-flight, orchestration, orchestration-insufficient-funds,"
                        + " orchestration-participant-down, wallet, time-travel, stalled-flow, ordering, storm,"
                        + " replay, dead-letter, alert.");
    }

    @Test
    void no_two_have_the_same_name() {
        assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
    }
}
