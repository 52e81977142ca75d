package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void the_median_is_the_middle_one_in_order_of_size() {
        assertThat(Summary.of(List.of(9.0, 1.0, 5.0))).isEqualTo(new Summary(5, 1, 9, 3));
    }

    @Test
    void the_median_of_an_even_number_is_between_the_middle_two() {
        assertThat(Summary.of(List.of(4.0, 1.0, 2.0, 100.0)).median()).isEqualTo(3);
    }

    @Test
    void nothing_has_no_median() {
        assertThatThrownBy(() -> Summary.of(List.of())).hasMessageContaining("Nothing was measured");
    }

    @Test
    void a_percentile_is_a_value_that_was_measured() {
        // given
        Percentiles percentiles = new Percentiles(IntStream.rangeClosed(1, 200)
                .mapToObj(value -> (double) (201 - value))
                .collect(Collectors.toList()));
        // then
        assertThat(percentiles.at(50)).isEqualTo(100);
        assertThat(percentiles.at(99)).isEqualTo(198);
        assertThat(percentiles.at(100)).isEqualTo(200);
    }

    @Test
    void of_one_value_each_percentile_is_that_value() {
        assertThat(new Percentiles(List.of(7.0)).at(99)).isEqualTo(7);
    }
}
