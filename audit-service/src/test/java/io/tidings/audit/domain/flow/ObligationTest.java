package io.tidings.audit.domain.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.events.Topics;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObligationTest {

    private int marks;

    private ObligationTest told(String name, String topic) {
        marks |= Obligation.marksOf(name, topic);
        return this;
    }

    private Set<Obligation> open() {
        return Obligation.openIn(marks);
    }

    @Test
    void an_order_that_was_placed_must_end() {
        assertThat(told("OrderPlaced", Topics.ORDERS).open()).containsExactly(Obligation.ORDER);
    }

    @Test
    void a_completed_order_leaves_nothing_open() {
        assertThat(told("OrderPlaced", Topics.ORDERS)
                        .told("InventoryReserved", Topics.INVENTORY)
                        .told("PaymentProcessed", Topics.PAYMENTS)
                        .told("ShipmentCreated", Topics.SHIPMENTS)
                        .told("OrderCompleted", Topics.ORDERS)
                        .open())
                .isEmpty();
    }

    @Test
    void a_rejected_order_is_over_when_its_stock_is_released() {
        // given
        told("OrderPlaced", Topics.ORDERS).told("InventoryReserved", Topics.INVENTORY);
        // when
        told("OrderRejected", Topics.ORDERS);
        // then
        assertThat(open()).containsExactly(Obligation.STOCK);
        assertThat(told("InventoryReleased", Topics.INVENTORY).open()).isEmpty();
    }

    @Test
    void a_canceled_order_is_over_when_all_that_was_done_for_it_is_undone() {
        // given
        told("OrderPlaced", Topics.ORDERS)
                .told("InventoryReserved", Topics.INVENTORY)
                .told("PaymentProcessed", Topics.PAYMENTS)
                .told("ShipmentCreated", Topics.SHIPMENTS);
        // when
        told("OrderCanceled", Topics.ORDERS).told("InventoryReleased", Topics.INVENTORY);
        // then
        assertThat(open()).containsExactlyInAnyOrder(Obligation.MONEY, Obligation.SHIPMENT);
        told("PaymentRefunded", Topics.PAYMENTS).told("ShipmentCanceled", Topics.SHIPMENTS);
        assertThat(open()).isEmpty();
    }

    @Test
    void the_order_in_which_messages_are_heard_does_not_matter_and_neither_does_how_often() {
        assertThat(told("OrderRejected", Topics.ORDERS)
                        .told("InventoryReleased", Topics.INVENTORY)
                        .told("InventoryReserved", Topics.INVENTORY)
                        .told("InventoryReserved", Topics.INVENTORY)
                        .told("OrderPlaced", Topics.ORDERS)
                        .open())
                .isEmpty();
    }

    @Test
    void a_dead_letter_neither_begins_nor_ends_anything() {
        assertThat(told("OrderPlaced", "warehouse-service.dlt").open()).isEmpty();
        assertThat(told("OrderPlaced", Topics.ORDERS)
                        .told("OrderCompleted", "email-service.dlt")
                        .open())
                .containsExactly(Obligation.ORDER);
    }

    @Test
    void other_messages_do_nothing() {
        assertThat(told("UserCreated", Topics.USERS)
                        .told("EmailSent", Topics.NOTIFICATIONS)
                        .open())
                .isEmpty();
    }
}
