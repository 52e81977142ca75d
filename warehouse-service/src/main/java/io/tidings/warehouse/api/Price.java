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

        @NotNull @CurrencyCode @Schema(pattern = "[A-Z]{3}", description = """
                An ISO 4217 code. Any is taken, but all wallets are in USD: an order in another currency is rejected when it \
                is to be paid.""")
        String currency) {

    Money toMoney() {
        return new Money(minorUnits, currency);
    }
}
