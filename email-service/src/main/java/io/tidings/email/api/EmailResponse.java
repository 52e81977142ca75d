package io.tidings.email.api;

import io.tidings.email.domain.Email;
import io.tidings.email.domain.EmailKind;
import io.tidings.email.domain.EmailStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record EmailResponse(
        UUID emailId,
        @Nullable UUID userId,
        EmailKind kind,
        UUID regarding,
        @Nullable String recipient,
        String subject,
        EmailStatus status,
        int attempts,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant sentAt) {

    static EmailResponse of(Email email) {
        return new EmailResponse(
                email.id(),
                email.userId(),
                email.kind(),
                email.regarding(),
                email.recipient(),
                email.subject(),
                email.status(),
                email.attempts(),
                email.lastError(),
                email.createdAt(),
                email.nextAttemptAt(),
                email.sentAt());
    }
}
