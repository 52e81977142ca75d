package io.tidings.warehouse.domain;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.inventory.MissingStock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {

    private static final List<MissingStock> NOTHING = List.of();
    private static final List<MissingStock> A_BOOK = List.of(new MissingStock("book", 2, 1));

    private static final StockRequest REQUEST = new StockRequest(
            TimeOrderedId.next(), TimeOrderedId.next(), Map.of("book", 2), new Money(1_999, "USD"), CHOREOGRAPHY);
    private static final StockRequest COMMAND =
            new StockRequest(REQUEST.orderId(), REQUEST.userId(), REQUEST.lines(), REQUEST.total(), ORCHESTRATION);

    private static final ReservationNews ALL_THERE = new ReservationNews.Requested(REQUEST, NOTHING);
    private static final ReservationNews SOME_MISSING = new ReservationNews.Requested(REQUEST, A_BOOK);
    private static final ReservationNews CALLED_OFF = new ReservationNews.CalledOff();
    private static final ReservationNews SHIPPED = new ReservationNews.Shipped();
    private static final ReservationNews ASKED_AND_THERE = new ReservationNews.ReservationAsked(COMMAND, NOTHING);
    private static final ReservationNews ASKED_AND_MISSING = new ReservationNews.ReservationAsked(COMMAND, A_BOOK);
    private static final ReservationNews ASKED_BACK = new ReservationNews.ReleaseAsked();

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            status   | all is there | some is missing | called off | shipped
                     | Reserve      | Reject          | Decline    |
            RESERVED |              |                 | Release    | Ship
            REJECTED |              |                 |            |
            RELEASED |              |                 |            |
            SHIPPED  |              |                 |            |
            DECLINED |              |                 |            |
            """)
    void the_news_of_a_choreographed_order_ask_for_a_step(
            ReservationStatus status, String allThere, String someMissing, String calledOff, String shipped) {
        assertThat(decide(status, CHOREOGRAPHY, ALL_THERE)).isEqualTo(step(allThere, REQUEST));
        assertThat(decide(status, CHOREOGRAPHY, SOME_MISSING)).isEqualTo(step(someMissing, REQUEST));
        assertThat(decide(status, CHOREOGRAPHY, CALLED_OFF)).isEqualTo(step(calledOff, REQUEST));
        assertThat(decide(status, CHOREOGRAPHY, SHIPPED)).isEqualTo(step(shipped, REQUEST));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            status   | asked and there | asked and missing | asked back     | shipped
                     | Reserve         | Reject            | DeclineAndTell |
            RESERVED | TellReserved    | TellReserved      | Release        | Ship
            REJECTED | TellRejected    | TellRejected      | TellReleased   |
            RELEASED | TellReleased    | TellReleased      | TellReleased   |
            SHIPPED  | TellReserved    | TellReserved      |                |
            DECLINED | TellReleased    | TellReleased      | TellReleased   |
            """)
    void what_an_orchestrator_asks_for_is_answered_however_often(
            ReservationStatus status, String there, String missing, String askedBack, String shipped) {
        assertThat(decide(status, ORCHESTRATION, ASKED_AND_THERE)).isEqualTo(step(there, COMMAND));
        assertThat(decide(status, ORCHESTRATION, ASKED_AND_MISSING)).isEqualTo(step(missing, COMMAND));
        assertThat(decide(status, ORCHESTRATION, ASKED_BACK)).isEqualTo(step(askedBack, COMMAND));
        assertThat(decide(status, ORCHESTRATION, SHIPPED)).isEqualTo(step(shipped, COMMAND));
    }

    @ParameterizedTest
    @EnumSource
    void a_canceled_order_that_is_orchestrated_is_released_by_its_orchestrator_alone(ReservationStatus status) {
        assertThat(decide(status, ORCHESTRATION, CALLED_OFF)).isEmpty();
    }

    private static Optional<Step> decide(ReservationStatus status, Fulfilment fulfilment, ReservationNews news) {
        return Step.decide(Optional.ofNullable(status).map(known -> new Standing(known, fulfilment)), news);
    }

    /** The step of that name, with what it needs. */
    private static Optional<Step> step(@Nullable String name, StockRequest request) {
        return Optional.ofNullable(name).map(given -> switch (given) {
            case "Reserve" -> new Step.Reserve(request);
            case "Reject" -> new Step.Reject(request, A_BOOK);
            case "Release" -> new Step.Release();
            case "Ship" -> new Step.Ship();
            case "Decline" -> new Step.Decline();
            case "DeclineAndTell" -> new Step.DeclineAndTell();
            case "TellReserved" -> new Step.TellReserved(request);
            case "TellRejected" -> new Step.TellRejected(request);
            case "TellReleased" -> new Step.TellReleased();
            default -> throw new IllegalArgumentException("There is no step " + given);
        });
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
