package io.tidings.email.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail, and what became of it.
 *
 * @param userId whom it is for; null if it is for the operators
 * @param regarding the user, the order or the alert that it is about
 * @param recipient an address; null as long as nobody has asked user-service for it
 * @param attempts how often it was tried, but for those when a server that it needs was away
 * @param lastError why the last attempt failed; null if none has, or it is sent
 * @param nextAttemptAt when it is tried next, at the latest; null unless it is pending
 * @param sentAt when a mail server took it; null unless one did
 */
public record Email(
        UUID id,
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
        @Nullable Instant sentAt) {}
