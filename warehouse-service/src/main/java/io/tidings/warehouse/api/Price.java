package io.tidings.warehouse.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.bus.web.CurrencyCode;
import io.tidings.events.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** What a product costs, as callers say it. */
@Schema(example = """
        {"minorUnits": 2750, "currency": "USD"}""")
record Price(
        @NotNull @Min(1) @Max(100_000_000) Long minorUnits,

        @NotNull @CurrencyCode @Schema(pattern = "[A-Z]{3}") String currency) {

    Money toMoney() {
        return new Money(minorUnits, currency);
    }
}
