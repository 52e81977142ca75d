package io.tidings.user.api;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

@Schema(example = """
        {"email": "ada@example.com", "givenName": "Ada", "familyName": "Lovelace"}""")
record SignUpRequest(
        @NotNull
        @Email(regexp = ".+@.+", message = "must be a mail address")
        @Size(max = 254)
        @Pattern(regexp = SignUpRequest.LINE_OF_TEXT, message = "must not contain control characters")
        String email,

        @NotBlank
        @Size(max = 100)
        @Pattern(regexp = SignUpRequest.LINE_OF_TEXT, message = "must not contain control characters")
        String givenName,

        @NotBlank
        @Size(max = 100)
        @Pattern(regexp = SignUpRequest.LINE_OF_TEXT, message = "must not contain control characters")
        String familyName) {

    /** Nothing that could break a mail's header or that a database can't hold. */
    static final String LINE_OF_TEXT = "[^\\p{Cc}\\p{Cs}]*";
}
