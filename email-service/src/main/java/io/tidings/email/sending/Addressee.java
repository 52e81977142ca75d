package io.tidings.email.sending;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What user-service knows of a user and a mail needs.
 *
 * @param userId null for the operators
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Addressee(
        @Nullable UUID userId,
        @Nullable String email,
        @Nullable String givenName) {

    String salutation() {
        return givenName == null || givenName.isBlank() ? "Hello" : "Hello " + givenName;
    }
}
