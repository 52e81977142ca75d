package io.tidings.email.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail to be sent.
 *
 * @param userId whom it is for; null if it is for the operators
 * @param regarding the user, the order or the alert that it is about; there is one mail of a kind for each
 * @param reason a sentence for the reader; empty if what happened explains itself
 */
public record NewEmail(EmailKind kind, @Nullable UUID userId, UUID regarding, String reason, Cause cause) {

    public NewEmail(EmailKind kind, UUID userId, UUID regarding, Cause cause) {
        this(kind, userId, regarding, "", cause);
    }

    /** A mail for the operators, whom no service needs to be asked for. */
    public static NewEmail toOperators(UUID alertId, String reason, Cause cause) {
        return new NewEmail(EmailKind.ALERT, null, alertId, reason, cause);
    }
}
