package io.tidings.scenarios.narration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsequenceTest {

    private static final Instant CALL = Instant.parse("2026-01-01T10:00:00Z");

    @Test
    void an_event_stands_below_the_one_that_caused_it() {
        // given
        RecordedEvent placed = event("a", null, 10);
        RecordedEvent reserved = event("b", "a", 20);
        RecordedEvent paid = event("c", "b", 30);

        // when
        List<Consequence> trees = Consequence.treesOf(List.of(paid, placed, reserved), CALL);

        // then
        assertThat(outline(trees)).isEqualTo("a(b(c))");
    }

    @Test
    void events_of_one_cause_stand_side_by_side_in_the_order_of_time() {
        // given
        List<RecordedEvent> events = List.of(event("late", "a", 50), event("a", null, 10), event("early", "a", 20));

        // when
        List<Consequence> trees = Consequence.treesOf(events, CALL);

        // then
        assertThat(outline(trees)).isEqualTo("a(early late)");
    }

    @Test
    void an_event_whose_cause_is_not_known_is_a_root() {
        // given
        List<RecordedEvent> events = List.of(event("b", "never recorded", 20), event("a", null, 10));

        // when
        List<Consequence> trees = Consequence.treesOf(events, CALL);

        // then
        assertThat(outline(trees)).isEqualTo("a b");
    }

    @Test
    void an_event_that_is_listed_twice_is_told_once() {
        // given
        List<RecordedEvent> events = List.of(event("a", null, 10), event("b", "a", 20), event("b", "a", 20));

        // when
        List<Consequence> trees = Consequence.treesOf(events, CALL);

        // then
        assertThat(outline(trees)).isEqualTo("a(b)");
    }

    @Test
    void times_count_from_the_call() {
        // when
        List<Consequence> trees = Consequence.treesOf(List.of(event("a", null, 10), event("b", "a", 35)), CALL);

        // then
        assertThat(trees.getFirst().after()).isEqualTo(Duration.ofMillis(10));
        assertThat(trees.getFirst().consequences().getFirst().after()).isEqualTo(Duration.ofMillis(35));
    }

    @Test
    void a_type_is_told_by_its_name_and_version() {
        RecordedEvent event = event("a", null, 10);

        assertThat(event.name()).isEqualTo("OrderPlaced");
        assertThat(event.nameAndVersion()).isEqualTo("OrderPlaced v2");
        assertThat(event.service()).isEqualTo("order-service");
    }

    @Test
    void a_type_without_a_version_is_told_by_its_name_alone() {
        RecordedEvent event = new RecordedEvent("a", "t", "k", "com.example.Something", "elsewhere", null, CALL);

        assertThat(event.nameAndVersion()).isEqualTo("Something");
        assertThat(event.service()).isEqualTo("elsewhere");
    }

    private static RecordedEvent event(String id, @Nullable String cause, int milliseconds) {
        return new RecordedEvent(
                id,
                "orders",
                "key",
                "io.tidings.OrderPlaced.v2",
                "/order-service",
                cause,
                CALL.plusMillis(milliseconds));
    }

    private static String outline(List<Consequence> trees) {
        return String.join(
                " ",
                trees.stream()
                        .map(tree -> tree.event().eventId()
                                + (tree.consequences().isEmpty() ? "" : "(" + outline(tree.consequences()) + ")"))
                        .toList());
    }
}
