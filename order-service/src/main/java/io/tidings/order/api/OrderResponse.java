package io.tidings.order.api;

import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.order.domain.Order;
import io.tidings.order.domain.OrderStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record OrderResponse(
        UUID orderId,
        UUID userId,
        OrderStatus status,
        List<OrderLine> lines,
        Money total,
        Fulfilment fulfilment,
        @Nullable String reason,
        Instant placedAt,
        @Nullable Instant endedAt) {

    static OrderResponse of(Order order) {
        return new OrderResponse(
                order.id(),
                order.userId(),
                order.status(),
                order.lines(),
                order.total(),
                order.fulfilment(),
                order.reason().orElse(null),
                order.placedAt(),
                order.endedAt().orElse(null));
    }
}
