package io.tidings.analytics.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.analytics.alerting.Vigilance.Armed;
import io.tidings.analytics.alerting.Vigilance.Calming;
import io.tidings.analytics.alerting.Vigilance.Decision;
import io.tidings.analytics.alerting.Vigilance.Raised;
import io.tidings.analytics.alerting.Vigilance.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VigilanceTest {

    private static final Thresholds THRESHOLDS = new Thresholds(0.5, 0.25, Duration.ofMinutes(1));
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final UUID ALERT = UUID.randomUUID();
    private static final UUID NEXT_ALERT = UUID.randomUUID();

    @Test
    void what_is_borne_raises_nothing() {
        assertThat(decide(new Armed(), 0.5, NOON)).isEqualTo(new Decision(new Armed(), false));
    }

    @Test
    void what_is_above_raises_an_alert() {
        assertThat(decide(new Armed(), 0.51, NOON)).isEqualTo(new Decision(new Raised(NEXT_ALERT), true));
    }

    @Test
    void an_incident_raises_no_second_alert() {
        assertThat(decide(new Raised(ALERT), 1, NOON)).isEqualTo(new Decision(new Raised(ALERT), false));
    }

    @Test
    void between_the_thresholds_an_incident_goes_on() {
        assertThat(decide(new Raised(ALERT), 0.25, NOON)).isEqualTo(new Decision(new Raised(ALERT), false));
    }

    @Test
    void below_the_lower_threshold_it_may_end() {
        assertThat(decide(new Raised(ALERT), 0.24, NOON)).isEqualTo(new Decision(new Calming(ALERT, NOON), false));
    }

    @Test
    void it_does_not_end_before_it_was_calm_for_long_enough() {
        assertThat(decide(new Calming(ALERT, NOON), 0, NOON.plusSeconds(59)))
                .isEqualTo(new Decision(new Calming(ALERT, NOON), false));
    }

    @Test
    void it_ends_when_it_was_calm_for_long_enough() {
        assertThat(decide(new Calming(ALERT, NOON), 0, NOON.plusSeconds(60)))
                .isEqualTo(new Decision(new Armed(), false));
    }

    @Test
    void a_break_of_the_calm_begins_it_anew_and_raises_nothing() {
        assertThat(decide(new Calming(ALERT, NOON), 1, NOON.plusSeconds(90)))
                .isEqualTo(new Decision(new Raised(ALERT), false));
    }

    @Test
    void a_value_that_jumps_about_raises_one_alert() {
        // given
        Random random = new Random(1);
        Vigilance state = new Armed();
        int alerts = 0;
        // when: it is never calm for a minute
        for (int second = 0; second < 10_000; second++) {
            double value = second % 59 == 0 ? 1 : random.nextDouble();
            Decision decision = decide(state, value, NOON.plusSeconds(second));
            state = decision.next();
            alerts += decision.raise() ? 1 : 0;
        }
        // then
        assertThat(alerts).isEqualTo(1);
    }

    @Test
    void thresholds_the_wrong_way_round_are_refused() {
        assertThatThrownBy(() -> new Thresholds(0.25, 0.5, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Decision decide(Vigilance state, double value, Instant now) {
        return Vigilance.decide(state, value, THRESHOLDS, now, NEXT_ALERT);
    }
}
