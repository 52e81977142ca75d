package io.tidings.payment.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.bus.web.CurrencyCode;
import io.tidings.events.Money;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** How much a caller wants to deposit or withdraw. */
@Schema(example = """
        {"amount": {"minorUnits": 50000, "currency": "USD"}}""")
record AmountRequest(@NotNull @Valid Amount amount) {

    record Amount(
            @NotNull @Min(1) @Max(1_000_000_000) Long minorUnits,

            @NotNull
            @CurrencyCode
            @Schema(
                    pattern = "[A-Z]{3}",
                    description = "An ISO 4217 code. All accounts are in USD, and any other is refused.")
            String currency) {}

    Money toMoney() {
        return new Money(amount.minorUnits(), amount.currency());
    }
}
