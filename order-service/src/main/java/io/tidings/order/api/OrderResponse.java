package io.tidings.order.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.order.domain.Order;
import io.tidings.order.domain.OrderStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(example = """
        {"orderId": "01a207bf-e28b-7065-a7fd-f8fb6a015041",
         "userId": "01a207bf-0c11-7c0e-9b1e-2f3a4b5c6d7e", "status": "COMPLETED",
         "lines": [{"sku": "teapot", "quantity": 2, "unitPrice": {"minorUnits": 2500,
         "currency": "USD"}}], "total": {"minorUnits": 5000, "currency": "USD"},
         "fulfilment": "CHOREOGRAPHY", "placedAt": "2026-01-01T12:00:00Z",
         "endedAt": "2026-01-01T12:00:01Z"}""")
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
