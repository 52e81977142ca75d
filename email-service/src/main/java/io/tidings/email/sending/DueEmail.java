package io.tidings.email.sending;

import io.tidings.email.domain.Cause;
import io.tidings.email.domain.EmailKind;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that a worker has taken to send it.
 *
 * @param userId whom it is for; null if it is for the operators
 * @param attempts how often it has been tried, this time included
 * @param leasedUntil when it ceases to be this worker's
 */
record DueEmail(
        UUID id,
        @Nullable UUID userId,
        EmailKind kind,
        UUID regarding,
        String reason,
        String subject,
        Cause cause,
        int attempts,
        OffsetDateTime leasedUntil) {}
