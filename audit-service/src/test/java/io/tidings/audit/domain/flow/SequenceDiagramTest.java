package io.tidings.audit.domain.flow;

import static io.tidings.audit.domain.flow.CauseTreeTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.domain.flow.SequenceDiagram.Line;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceDiagramTest {

    @Test
    void a_message_goes_to_each_service_that_reacted_to_it() {
        // given
        FlowMessage placed = message("OrderPlaced", "order-service", "orders", null, 0);
        FlowMessage failed = message("PaymentFailed", "payment-service", "payments", placed, 10);
        FlowMessage rejected = message("OrderRejected", "order-service", "orders", failed, 20);
        FlowMessage released = message("InventoryReleased", "warehouse-service", "inventory", failed, 30);
        // when
        SequenceDiagram diagram = diagramOf(placed, failed, rejected, released);
        // then
        assertThat(diagram.participants())
                .containsExactly("caller", "order-service", "payment-service", "warehouse-service");
        assertThat(diagram.lines())
                .containsExactly(
                        new Line.Request("order-service"),
                        new Line.Told("order-service", "payment-service", "OrderPlaced", Duration.ZERO),
                        new Line.Told("payment-service", "order-service", "PaymentFailed", Duration.ofMillis(10)),
                        new Line.Told("payment-service", "warehouse-service", "PaymentFailed", Duration.ofMillis(10)),
                        new Line.Heard("order-service", "OrderRejected", Duration.ofMillis(20)),
                        new Line.Heard("warehouse-service", "InventoryReleased", Duration.ofMillis(30)));
    }

    @Test
    void messages_of_one_request_share_it() {
        // given
        FlowMessage placed = message("OrderPlaced", "order-service", "orders", null, 0);
        FlowMessage command = message("ReserveInventory", "order-service", "warehouse.commands", null, 0);
        // then
        assertThat(diagramOf(placed, command).lines())
                .filteredOn(Line.Request.class::isInstance)
                .hasSize(1);
    }

    @Test
    void a_dead_letter_is_told_from_a_message() {
        // given
        FlowMessage placed = message("OrderPlaced", "order-service", "orders", null, 0);
        FlowMessage dead = message("OrderPlaced", "warehouse-service", "warehouse-service.dlt", placed, 40);
        // then
        assertThat(diagramOf(placed, dead).lines())
                .contains(
                        new Line.Told("order-service", "warehouse-service", "OrderPlaced", Duration.ZERO),
                        new Line.Failed("warehouse-service", "OrderPlaced", Duration.ofMillis(40)));
    }

    private static SequenceDiagram diagramOf(FlowMessage... messages) {
        return SequenceDiagram.of(CauseTree.of(List.of(messages)));
    }
}
