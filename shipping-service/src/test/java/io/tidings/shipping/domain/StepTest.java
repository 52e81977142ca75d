package io.tidings.shipping.domain;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Fulfilment;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {

    private static final UUID USER = TimeOrderedId.next();
    private static final ShipmentNews PAID = new ShipmentNews.Paid(USER, CHOREOGRAPHY);
    private static final ShipmentNews CANCELED = new ShipmentNews.Canceled();
    private static final ShipmentNews ASKED = new ShipmentNews.Asked(USER);
    private static final ShipmentNews ASKED_BACK = new ShipmentNews.AskedBack();

    @Test
    void what_is_paid_is_shipped() {
        assertThat(Step.decide(Optional.empty(), PAID)).contains(new Step.Ship(USER, CHOREOGRAPHY));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_shipped_or_called_off_already_is_not_shipped_again(ShipmentStatus status) {
        assertThat(decide(status, CHOREOGRAPHY, PAID)).isEmpty();
    }

    @Test
    void what_is_canceled_before_it_is_paid_is_remembered() {
        assertThat(Step.decide(Optional.empty(), CANCELED)).contains(new Step.Decline());
    }

    @Test
    void what_is_canceled_on_its_way_is_called_back() {
        assertThat(decide(ShipmentStatus.CREATED, CHOREOGRAPHY, CANCELED)).contains(new Step.CallBack());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CREATED")
    void what_is_called_off_already_is_not_called_back_again(ShipmentStatus status) {
        assertThat(decide(status, CHOREOGRAPHY, CANCELED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_canceled_order_that_is_orchestrated_is_called_back_by_its_orchestrator_alone(ShipmentStatus status) {
        assertThat(decide(status, ORCHESTRATION, CANCELED)).isEmpty();
    }

    @Test
    void what_an_orchestrator_asks_for_is_shipped() {
        assertThat(Step.decide(Optional.empty(), ASKED)).contains(new Step.Ship(USER, ORCHESTRATION));
    }

    @Test
    void an_orchestrator_that_asks_again_is_answered_again() {
        assertThat(decide(ShipmentStatus.CREATED, ORCHESTRATION, ASKED)).contains(new Step.TellCreated(USER));
        assertThat(decide(ShipmentStatus.CANCELED, ORCHESTRATION, ASKED)).contains(new Step.TellCanceled());
        assertThat(decide(ShipmentStatus.DECLINED, ORCHESTRATION, ASKED)).contains(new Step.TellCanceled());
    }

    @Test
    void what_an_orchestrator_wants_back_is_called_back_or_never_leaves_and_it_is_answered_however_often() {
        assertThat(Step.decide(Optional.empty(), ASKED_BACK)).contains(new Step.DeclineAndTell());
        assertThat(decide(ShipmentStatus.CREATED, ORCHESTRATION, ASKED_BACK)).contains(new Step.CallBack());
        assertThat(decide(ShipmentStatus.CANCELED, ORCHESTRATION, ASKED_BACK)).contains(new Step.TellCanceled());
        assertThat(decide(ShipmentStatus.DECLINED, ORCHESTRATION, ASKED_BACK)).contains(new Step.TellCanceled());
    }

    private static Optional<Step> decide(ShipmentStatus status, Fulfilment fulfilment, ShipmentNews news) {
        return Step.decide(Optional.of(new Standing(status, fulfilment)), news);
    }

    @Test
    void there_is_no_other_news_than_these() {
        assertThat(ShipmentNews.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(
                        PAID.getClass(), CANCELED.getClass(), ASKED.getClass(), ASKED_BACK.getClass());
    }
}
