package io.tidings.email.domain;

import java.util.UUID;

/**
 * A mail to be sent.
 *
 * @param regarding the user or the order that it is about; there is one mail of a kind for each
 * @param reason a sentence for the user; empty if what happened explains itself
 */
public record NewEmail(EmailKind kind, UUID userId, UUID regarding, String reason, Cause cause) {

    public NewEmail(EmailKind kind, UUID userId, UUID regarding, Cause cause) {
        this(kind, userId, regarding, "", cause);
    }
}
