package io.tidings.warehouse.domain;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.events.Fulfilment;
import io.tidings.events.inventory.MissingStock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {

    private static final List<MissingStock> NOTHING = List.of();
    private static final List<MissingStock> A_BOOK = List.of(new MissingStock("book", 2, 1));

    private static final ReservationNews ALL_THERE = new ReservationNews.Requested(NOTHING);
    private static final ReservationNews SOME_MISSING = new ReservationNews.Requested(A_BOOK);
    private static final ReservationNews CALLED_OFF = new ReservationNews.CalledOff();
    private static final ReservationNews SHIPPED = new ReservationNews.Shipped();
    private static final ReservationNews ASKED_AND_THERE = new ReservationNews.ReservationAsked(NOTHING);
    private static final ReservationNews ASKED_AND_MISSING = new ReservationNews.ReservationAsked(A_BOOK);
    private static final ReservationNews ASKED_BACK = new ReservationNews.ReleaseAsked();

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
    void the_news_of_a_choreographed_order_ask_for_a_step(
            ReservationStatus status, Step allThere, Step someMissing, Step calledOff, Step shipped) {
        assertThat(decide(status, CHOREOGRAPHY, ALL_THERE)).isEqualTo(Optional.ofNullable(allThere));
        assertThat(decide(status, CHOREOGRAPHY, SOME_MISSING)).isEqualTo(Optional.ofNullable(someMissing));
        assertThat(decide(status, CHOREOGRAPHY, CALLED_OFF)).isEqualTo(Optional.ofNullable(calledOff));
        assertThat(decide(status, CHOREOGRAPHY, SHIPPED)).isEqualTo(Optional.ofNullable(shipped));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            status   | asked and there | asked and missing | asked back       | shipped
                     | RESERVE         | REJECT            | DECLINE_AND_TELL |
            RESERVED | TELL_RESERVED   | TELL_RESERVED     | RELEASE          | SHIP
            REJECTED | TELL_REJECTED   | TELL_REJECTED     | TELL_RELEASED    |
            RELEASED | TELL_RELEASED   | TELL_RELEASED     | TELL_RELEASED    |
            SHIPPED  | TELL_RESERVED   | TELL_RESERVED     |                  |
            DECLINED | TELL_RELEASED   | TELL_RELEASED     | TELL_RELEASED    |
            """)
    void what_an_orchestrator_asks_for_is_answered_however_often(
            ReservationStatus status, Step there, Step missing, Step askedBack, Step shipped) {
        assertThat(decide(status, ORCHESTRATION, ASKED_AND_THERE)).isEqualTo(Optional.ofNullable(there));
        assertThat(decide(status, ORCHESTRATION, ASKED_AND_MISSING)).isEqualTo(Optional.ofNullable(missing));
        assertThat(decide(status, ORCHESTRATION, ASKED_BACK)).isEqualTo(Optional.ofNullable(askedBack));
        assertThat(decide(status, ORCHESTRATION, SHIPPED)).isEqualTo(Optional.ofNullable(shipped));
    }

    @ParameterizedTest
    @EnumSource
    void a_canceled_order_that_is_orchestrated_is_released_by_its_orchestrator_alone(ReservationStatus status) {
        assertThat(decide(status, ORCHESTRATION, CALLED_OFF)).isEmpty();
    }

    private static Optional<Step> decide(ReservationStatus status, Fulfilment fulfilment, ReservationNews news) {
        return Step.decide(Optional.ofNullable(status).map(known -> new Standing(known, fulfilment)), news);
    }

    @Test
    void there_is_no_other_news_than_these() {
        assertThat(ReservationNews.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(
                        ALL_THERE.getClass(),
                        CALLED_OFF.getClass(),
                        SHIPPED.getClass(),
                        ASKED_AND_THERE.getClass(),
                        ASKED_BACK.getClass());
    }
}
