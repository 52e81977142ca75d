package io.tidings.order.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.events.Fulfilment;
import io.tidings.order.domain.OrderRefusedException;
import io.tidings.order.domain.PlaceOrder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(example = """
        {"userId": "01a207bf-0c11-7c0e-9b1e-2f3a4b5c6d7e", "lines": [{"sku": "teapot", "quantity": 2}],
         "fulfilment": "CHOREOGRAPHY"}""")
record PlaceOrderRequest(
        @NotNull UUID userId,
        @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Line> lines,
        @Nullable Fulfilment fulfilment) {

    record Line(
            @NotNull
            @Pattern(
                    regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
                    message = "must be 1 to 64 letters, digits, dots, hyphens or underscores")
            String sku,

            @NotNull @Min(1) @Max(1_000) Integer quantity) {}

    /** @throws OrderRefusedException if the lines don't make an order */
    PlaceOrder toDomain() {
        return new PlaceOrder(
                userId,
                lines.stream()
                        .map(line -> new PlaceOrder.Item(line.sku(), line.quantity()))
                        .toList(),
                fulfilment == null ? Fulfilment.CHOREOGRAPHY : fulfilment);
    }
}
