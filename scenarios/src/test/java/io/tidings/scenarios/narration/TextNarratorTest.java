package io.tidings.scenarios.narration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextNarratorTest {

    private static final Instant CALL = Instant.parse("2026-01-01T10:00:00Z");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final TextNarrator narrator = narrator(Colours.NONE);

    @Test
    void a_scenario_begins_with_its_name_its_title_and_its_pattern() {
        narrator.begins("out-of-stock", "An order asks for too much", "Choreographed saga");

        assertThat(text()).isEqualTo("""

                ▶ out-of-stock: An order asks for too much
                  Pattern: Choreographed saga
                """);
    }

    @Test
    void a_call_is_told_with_status_and_time() {
        narrator.tells(new Step.Called("POST", "/orders", 201, Duration.ofMillis(23), 1));

        assertThat(text()).isEqualTo("  POST /orders → 201 in 23 ms\n");
    }

    @Test
    void a_call_that_had_to_be_made_again_says_so() {
        narrator.tells(new Step.Called("POST", "/orders", 201, Duration.ofMillis(4), 3));

        assertThat(text()).isEqualTo("  POST /orders → 201 in 4 ms (asked 3 times until it was ready)\n");
    }

    @Test
    void events_are_told_as_an_indented_tree_with_service_and_time() {
        // given
        List<RecordedEvent> events = List.of(
                event("1", "OrderPlaced.v2", "/order-service", null, 12),
                event("2", "InventoryReserved.v1", "/warehouse-service", "1", 31),
                event("3", "PaymentFailed.v1", "/payment-service", "2", 48),
                event("4", "InventoryReleased.v1", "/warehouse-service", "3", 60),
                event("5", "OrderRejected.v1", "/order-service", "3", 1_061));

        // when
        narrator.tells(new Step.Followed("flow", Consequence.treesOf(events, CALL)));

        // then
        assertThat(text()).isEqualTo("""
                      OrderPlaced v2                  order-service         +12 ms
                      └─ InventoryReserved v1         warehouse-service     +31 ms
                         └─ PaymentFailed v1          payment-service       +48 ms
                            ├─ InventoryReleased v1   warehouse-service     +60 ms
                            └─ OrderRejected v1       order-service       +1061 ms
                """);
    }

    @Test
    void a_flow_without_events_says_so() {
        narrator.tells(new Step.Followed("flow", List.of()));

        assertThat(text()).isEqualTo("      no event followed\n");
    }

    @Test
    void a_check_that_passed_tells_what_was_found() {
        narrator.tells(new Step.Checked("the order", true, "COMPLETED", "COMPLETED", "GET /orders/1"));

        assertThat(text()).isEqualTo("  ✔ the order: COMPLETED   GET /orders/1\n");
    }

    @Test
    void a_check_that_failed_tells_expected_and_actual() {
        narrator.tells(new Step.Checked("the order", false, "COMPLETED", "REJECTED", null));

        assertThat(text()).isEqualTo("  ✘ the order: expected COMPLETED, and it is REJECTED\n");
    }

    @Test
    void the_sum_lists_each_scenario_with_outcome_and_time() {
        // given
        Step right = new Step.Checked("a", true, "1", "1", null);
        Step wrong = new Step.Checked("b", false, "1", "2", null);

        // when
        narrator.sumsUp(List.of(
                performance("choreography", List.of(right, right), null, 1_234),
                performance("wallet", List.of(right, wrong), null, 56),
                performance("notification", List.of(), "It did not answer.", 7)));

        // then
        assertThat(text()).isEqualTo("""

                  choreography  ✔ passed   1,234 ms  2 checks
                  wallet        ✘ failed      56 ms  2 checks
                  notification  ✘ failed       7 ms  0 checks

                  1 of 3 scenarios passed.
                """);
    }

    @Test
    void there_is_colour_on_a_terminal_only() {
        narrator(Colours.ANSI).tells(new Step.Checked("the order", true, "COMPLETED", "COMPLETED", null));

        assertThat(text()).isEqualTo("  \033[32m✔ \033[0mthe order: COMPLETED\n");
        assertThat(Colours.of(true, Map.of())).isEqualTo(Colours.ANSI);
        assertThat(Colours.of(false, Map.of())).isEqualTo(Colours.NONE);
    }

    @Test
    void there_is_no_colour_where_nobody_wants_any() {
        assertThat(Colours.of(true, Map.of("NO_COLOR", "1"))).isEqualTo(Colours.NONE);
        assertThat(Colours.of(true, Map.of("NO_COLOR", ""))).isEqualTo(Colours.ANSI);
        assertThat(Colours.of(true, Map.of("TERM", "dumb"))).isEqualTo(Colours.NONE);
    }

    private static Performance performance(String name, List<Step> steps, @Nullable String failure, int milliseconds) {
        return new Performance(name, "title", "pattern", steps, Duration.ofMillis(milliseconds), failure);
    }

    private static RecordedEvent event(
            String id, String type, String source, @Nullable String cause, int milliseconds) {
        return new RecordedEvent(
                id, "topic", "key", "io.tidings." + type, source, cause, CALL.plusMillis(milliseconds));
    }

    private TextNarrator narrator(Colours colours) {
        return new TextNarrator(new PrintStream(written, true, StandardCharsets.UTF_8), colours);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
