package io.tidings.user.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.events.user.Profile;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.hibernate.validator.constraints.UniqueElements;

/** @param interests categories of products; none is said with an empty list */
@Schema(example = """
        {"givenName": "Ada", "familyName": "Lovelace", "interests": ["books", "engines"]}""")
record ProfileRequest(
        @NotBlank
        @Size(max = 100)
        @Pattern(regexp = SignUpRequest.LINE_OF_TEXT, message = "must not contain control characters")
        String givenName,

        @NotBlank
        @Size(max = 100)
        @Pattern(regexp = SignUpRequest.LINE_OF_TEXT, message = "must not contain control characters")
        String familyName,

        @NotNull @Size(max = 20) @UniqueElements(message = "must name each once")
        List<
                        @NotBlank @Size(max = 64)
                        @Pattern(regexp = SignUpRequest.LINE_OF_TEXT, message = "must not contain control characters")
                        String>
                interests) {

    Profile toDomain() {
        return new Profile(givenName, familyName, interests);
    }
}
