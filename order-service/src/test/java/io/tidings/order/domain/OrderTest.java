package io.tidings.order.domain;

import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final Instant PLACED_AT = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant LATER = PLACED_AT.plusSeconds(7);
    private static final List<OrderLine> LINES = List.of(
            new OrderLine("book", 2, new Money(1_999, "USD")), new OrderLine("lamp", 1, new Money(5_000, "USD")));
    private static final Money TOTAL = new Money(8_998, "USD");

    private final UUID id = TimeOrderedId.next();
    private final UUID userId = TimeOrderedId.next();
    private final Order order = new Order(id, userId, ORCHESTRATION, LINES, TOTAL, PLACED_AT);

    @Test
    void others_are_told_all_of_an_order_that_is_placed() {
        assertThat(order.placed()).isEqualTo(new OrderPlaced(id, userId, LINES, TOTAL, ORCHESTRATION));
        assertThat(order.status()).isEqualTo(OrderStatus.PLACED);
        assertThat(order.endedAt()).isEmpty();
    }

    @Test
    void an_order_that_is_shipped_is_completed() {
        assertThat(order.hear(new OrderNews.Shipped(), LATER)).contains(new OrderCompleted(id, userId));

        assertThat(order.status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(order.reason()).isEmpty();
        assertThat(order.endedAt()).contains(LATER);
    }

    @Test
    void an_order_that_can_not_be_fulfilled_is_rejected_for_that_reason() {
        assertThat(order.hear(new OrderNews.OutOfStock("Lamps are sold out."), LATER))
                .contains(new OrderRejected(id, userId, "Lamps are sold out."));

        assertThat(order.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(order.reason()).contains("Lamps are sold out.");
    }

    @Test
    void an_order_that_has_ended_stays_as_it_is_and_tells_nothing_more() {
        assertThat(order.hear(new OrderNews.CancellationRequested("You canceled it."), LATER))
                .contains(new OrderCanceled(id, userId, "You canceled it."));

        assertThat(order.hear(new OrderNews.Shipped(), LATER.plusSeconds(1))).isEmpty();
        assertThat(order.hear(new OrderNews.CancellationRequested("Again."), LATER.plusSeconds(2)))
                .isEmpty();

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELED);
        assertThat(order.reason()).contains("You canceled it.");
        assertThat(order.endedAt()).contains(LATER);
    }
}
