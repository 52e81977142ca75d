package io.tidings.order.api;

import io.tidings.events.Fulfilment;
import io.tidings.order.domain.PlaceOrder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record PlaceOrderRequest(
        @NotNull UUID userId,
        @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Line> lines,
        @Nullable Fulfilment fulfilment) {

    record Line(
            @NotBlank @Size(max = 64) String sku,
            @NotNull @Min(1) @Max(1_000) Integer quantity) {}

    @AssertTrue(message = "lines must name each sku once; add the quantities up")
    boolean isEachSkuNamedOnce() {
        return lines == null
                || lines.stream().filter(Objects::nonNull).map(Line::sku).distinct().count() == lines.size();
    }

    PlaceOrder toDomain() {
        return new PlaceOrder(
                userId,
                lines.stream()
                        .map(line -> new PlaceOrder.Item(line.sku(), line.quantity()))
                        .toList(),
                fulfilment == null ? Fulfilment.CHOREOGRAPHY : fulfilment);
    }
}
