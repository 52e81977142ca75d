package io.tidings.warehouse.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.events.inventory.MissingStock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {

    private static final ReservationNews ALL_THERE = new ReservationNews.Requested(List.of());
    private static final ReservationNews SOME_MISSING =
            new ReservationNews.Requested(List.of(new MissingStock("book", 2, 1)));
    private static final ReservationNews CALLED_OFF = new ReservationNews.CalledOff();
    private static final ReservationNews SHIPPED = new ReservationNews.Shipped();

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            status   | all is there | some is missing | called off | shipped
                     | RESERVE      | REJECT          | DECLINE    |
            RESERVED |              |                 | RELEASE    | SHIP
            REJECTED |              |                 |            |
            RELEASED |              |                 |            |
            SHIPPED  |              |                 |            |
            DECLINED |              |                 |            |
            """)
    void the_news_ask_for_a_step(
            ReservationStatus status, Step allThere, Step someMissing, Step calledOff, Step shipped) {
        Optional<ReservationStatus> known = Optional.ofNullable(status);

        assertThat(Step.decide(known, ALL_THERE)).isEqualTo(Optional.ofNullable(allThere));
        assertThat(Step.decide(known, SOME_MISSING)).isEqualTo(Optional.ofNullable(someMissing));
        assertThat(Step.decide(known, CALLED_OFF)).isEqualTo(Optional.ofNullable(calledOff));
        assertThat(Step.decide(known, SHIPPED)).isEqualTo(Optional.ofNullable(shipped));
    }

    @ParameterizedTest
    @EnumSource
    void a_step_that_is_taken_is_not_asked_for_again(Step step) {
        Optional<ReservationStatus> after = Optional.of(step.leadsTo());

        for (ReservationNews news : List.of(ALL_THERE, SOME_MISSING, CALLED_OFF, SHIPPED)) {
            assertThat(Step.decide(after, news)).isNotEqualTo(Optional.of(step));
        }
    }

    @Test
    void every_status_is_reached_by_one_step() {
        assertThat(Arrays.stream(Step.values()).map(Step::leadsTo))
                .containsExactlyInAnyOrder(ReservationStatus.values());
    }
}
