package io.tidings.audit.domain.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CauseTreeTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void each_message_is_below_its_cause_and_the_earlier_branch_comes_first() {
        // given
        FlowMessage placed = message("OrderPlaced", null, 0);
        FlowMessage failed = message("PaymentFailed", placed, 20);
        FlowMessage released = message("InventoryReleased", failed, 40);
        FlowMessage rejected = message("OrderRejected", failed, 30);
        FlowMessage mailed = message("EmailSent", rejected, 90);
        List<FlowMessage> messages = new ArrayList<>(List.of(placed, failed, released, rejected, mailed));
        Collections.shuffle(messages, new Random(1));
        // when
        CauseTree tree = CauseTree.of(messages);
        // then
        assertThat(told(tree))
                .containsExactly(
                        "0 OrderPlaced", "1 PaymentFailed", "2 OrderRejected", "3 EmailSent", "2 InventoryReleased");
    }

    @Test
    void each_hop_has_its_time() {
        // given
        FlowMessage placed = message("OrderPlaced", null, 5);
        FlowMessage reserved = message("InventoryReserved", placed, 17);
        FlowMessage paid = message("PaymentProcessed", reserved, 20);
        // when
        List<CauseTree.Step> steps =
                CauseTree.of(List.of(placed, reserved, paid)).steps();
        // then
        assertThat(steps)
                .extracting(CauseTree.Step::afterCause)
                .containsExactly(null, Duration.ofMillis(12), Duration.ofMillis(3));
        assertThat(steps)
                .extracting(CauseTree.Step::afterStart)
                .containsExactly(Duration.ZERO, Duration.ofMillis(12), Duration.ofMillis(15));
    }

    @Test
    void a_message_whose_cause_is_not_there_is_a_root() {
        FlowMessage lost = message("OrderPlaced", null, 0);
        assertThat(told(CauseTree.of(List.of(message("InventoryReserved", lost, 1)))))
                .containsExactly("0 InventoryReserved");
    }

    @Test
    void messages_that_name_each_other_as_their_causes_are_all_there_once() {
        // given
        FlowMessage one = message("One", null, 0);
        FlowMessage two = message("Two", one, 1);
        FlowMessage circular = causedBy(one, two);
        FlowMessage itself = causedBy(message("Three", null, 2), message("Three", null, 2));
        // when
        CauseTree tree = CauseTree.of(List.of(circular, two, causedBy(itself, itself)));
        // then
        assertThat(told(tree)).containsExactlyInAnyOrder("0 One", "1 Two", "0 Three");
    }

    @Test
    void a_chain_may_be_very_long() {
        // given
        List<FlowMessage> chain = new ArrayList<>(List.of(message("Zero", null, 0)));
        for (int number = 1; number < 20_000; number++) {
            chain.add(message("Next", chain.getLast(), number));
        }
        // when
        CauseTree tree = CauseTree.of(chain);
        // then
        assertThat(tree.steps()).hasSize(20_000);
        assertThat(tree.steps().getLast().depth()).isEqualTo(19_999);
    }

    @Test
    void in_order_an_effect_never_comes_before_its_cause_although_clocks_differ() {
        // given
        FlowMessage placed = message("OrderPlaced", null, 10);
        FlowMessage reserved = message("InventoryReserved", placed, 3);
        FlowMessage paid = message("PaymentProcessed", reserved, 12);
        FlowMessage between = message("EmailSent", placed, 11);
        // when
        List<FlowMessage> ordered = CauseTree.inOrder(List.of(paid, between, reserved, placed), Function.identity());
        // then
        assertThat(ordered).containsExactly(placed, reserved, between, paid);
    }

    @Test
    void of_nothing_there_is_no_tree() {
        assertThat(CauseTree.of(List.of()).steps()).isEmpty();
    }

    private static List<String> told(CauseTree tree) {
        return tree.steps().stream()
                .map(step -> step.depth() + " " + step.message().name())
                .toList();
    }

    static FlowMessage message(String name, @Nullable FlowMessage cause, int millis) {
        return message(name, "a-service", "orders", cause, millis);
    }

    static FlowMessage message(String name, String service, String topic, @Nullable FlowMessage cause, int millis) {
        return new FlowMessage(
                UUID.randomUUID(),
                topic,
                "key",
                "io.tidings.%s.v1".formatted(name),
                service,
                cause == null ? null : cause.eventId().toString(),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                NOON.plusMillis(millis));
    }

    private static FlowMessage causedBy(FlowMessage message, FlowMessage cause) {
        return new FlowMessage(
                message.eventId(),
                message.topic(),
                message.key(),
                message.type(),
                message.service(),
                cause.eventId().toString(),
                message.traceparent(),
                message.time());
    }
}
