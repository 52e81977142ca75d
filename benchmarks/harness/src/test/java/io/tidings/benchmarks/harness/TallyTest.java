package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every event is accounted for. */
class TallyTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final Map<UUID, Told> told = new HashMap<>();

    @Test
    void what_was_seen_once_and_in_order_is_exact() {
        // given
        see(ORDER, 1);
        see(OTHER, 1);
        see(ORDER, 2);
        // when
        Tally tally = Tally.of(Map.of(ORDER, 2L, OTHER, 1L), told);
        // then
        assertThat(tally).isEqualTo(new Tally(3, 0, 0, 0, 1, 0));
        assertThat(tally.isExact()).isTrue();
    }

    @Test
    void what_never_came_is_lost() {
        // given
        see(ORDER, 2);
        // when
        Tally tally = Tally.of(Map.of(ORDER, 3L, OTHER, 1L), told);
        // then
        assertThat(tally.lost()).isEqualTo(3);
        assertThat(tally.isExact()).isFalse();
    }

    @Test
    void what_came_again_is_doubled_and_no_inversion() {
        // given
        see(ORDER, 1);
        see(ORDER, 2);
        see(ORDER, 1);
        // when
        Tally tally = Tally.of(Map.of(ORDER, 2L), told);
        // then
        assertThat(tally).isEqualTo(new Tally(2, 0, 1, 0, 1, 0));
        assertThat(tally.isExact()).isFalse();
    }

    @Test
    void a_key_of_which_an_older_version_comes_later_is_inverted() {
        // given
        see(ORDER, 2);
        see(ORDER, 1);
        // then
        assertThat(Tally.of(Map.of(ORDER, 2L), told).invertedKeys()).isEqualTo(1);
    }

    @Test
    void what_was_never_committed_is_a_phantom_be_it_a_version_or_an_order() {
        // given
        see(ORDER, 1);
        see(ORDER, 2);
        see(OTHER, 1);
        // when
        Tally tally = Tally.of(Map.of(ORDER, 1L), told);
        // then
        assertThat(tally.phantom()).isEqualTo(2);
        assertThat(tally.isExact()).isFalse();
    }

    private void see(UUID order, long version) {
        told.computeIfAbsent(order, id -> new Told(0)).add(version);
    }
}
