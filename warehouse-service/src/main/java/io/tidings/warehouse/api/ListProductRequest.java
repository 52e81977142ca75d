package io.tidings.warehouse.api;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

@Schema(example = """
        {"sku": "teapot", "name": "A teapot", "category": "kitchen", "price": {"minorUnits": 2500,
         "currency": "USD"}}""")
record ListProductRequest(
        @NotNull
        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
                message = "must be 1 to 64 letters, digits, dots, hyphens or underscores")
        String sku,

        @NotBlank
        @Size(max = 200)
        @Pattern(regexp = ListProductRequest.LINE_OF_TEXT, message = "must not contain control characters")
        String name,

        @NotBlank
        @Size(max = 64)
        @Pattern(regexp = ListProductRequest.LINE_OF_TEXT, message = "must not contain control characters")
        String category,

        @NotNull @Valid Price price) {

    /** Nothing that a database can't hold. */
    static final String LINE_OF_TEXT = "[^\\p{Cc}\\p{Cs}]*";
}
