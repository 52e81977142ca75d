package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    private static final Measure SPEED = Measure.charted("speed", "speed", "/s", 0);
    private static final Measure LIMIT = Measure.of("limit", "limit", "/s", 0);

    private final Measurements measurements = new Measurements();

    @Test
    void a_ratio_compares_what_was_measured_in_the_same_round() {
        // given a machine that is slower in the second round, for both
        measurements.add("ours", SPEED, 1, 80);
        measurements.add("ours", SPEED, 2, 40);
        measurements.add("base", LIMIT, 1, 100);
        measurements.add("base", LIMIT, 2, 50);
        // then
        assertThat(measurements.ratio("ours", SPEED, "base", LIMIT)).contains(new Summary(0.8, 0.8, 0.8, 2));
    }

    @Test
    void a_round_that_one_of_them_missed_counts_for_neither() {
        // given
        measurements.add("ours", SPEED, 1, 80);
        measurements.add("ours", SPEED, 2, 1);
        measurements.add("base", LIMIT, 1, 100);
        // then
        assertThat(measurements.ratio("ours", SPEED, "base", LIMIT)).contains(new Summary(0.8, 0.8, 0.8, 1));
    }

    @Test
    void there_is_no_ratio_to_what_was_not_measured() {
        measurements.add("ours", SPEED, 1, 80);

        assertThat(measurements.ratio("ours", SPEED, "base", LIMIT)).isEmpty();
    }

    @Test
    void the_best_is_the_one_with_the_greatest_median() {
        // given one lucky round
        for (int round = 1; round <= 3; round++) {
            measurements.add("steady", SPEED, round, 50);
            measurements.add("lucky", SPEED, round, round == 1 ? 1000 : 10);
        }
        // then
        assertThat(measurements.best(Stream.of("lucky", "steady", "absent"), SPEED))
                .contains("steady");
    }
}
