package io.tidings.warehouse.api;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

@Schema(example = """
        {"quantity": 3}""")
record ReceiveStockRequest(@NotNull @Min(1) @Max(1_000_000) Integer quantity) {}
