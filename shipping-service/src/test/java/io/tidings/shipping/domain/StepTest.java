package io.tidings.shipping.domain;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {

    private static final UUID USER = TimeOrderedId.next();
    private static final ShipmentNews PAID = new ShipmentNews.Paid(USER, CHOREOGRAPHY);
    private static final ShipmentNews CANCELED = new ShipmentNews.Canceled();

    @Test
    void what_is_paid_is_shipped() {
        assertThat(Step.decide(Optional.empty(), PAID)).contains(new Step.Ship(USER, CHOREOGRAPHY));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_shipped_or_called_off_already_is_not_shipped_again(ShipmentStatus status) {
        assertThat(Step.decide(Optional.of(status), PAID)).isEmpty();
    }

    @Test
    void what_is_canceled_before_it_is_paid_is_remembered() {
        assertThat(Step.decide(Optional.empty(), CANCELED)).contains(new Step.Decline());
    }

    @Test
    void what_is_canceled_on_its_way_is_called_back() {
        assertThat(Step.decide(Optional.of(ShipmentStatus.CREATED), CANCELED)).contains(new Step.CallBack());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CREATED")
    void what_is_called_off_already_is_not_called_back_again(ShipmentStatus status) {
        assertThat(Step.decide(Optional.of(status), CANCELED)).isEmpty();
    }

    @Test
    void there_is_no_other_news_than_these() {
        assertThat(ShipmentNews.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(PAID.getClass(), CANCELED.getClass());
    }
}
