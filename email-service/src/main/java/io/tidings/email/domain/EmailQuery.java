package io.tidings.email.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which mails are asked for; what is null does not matter.
 *
 * @param before mails older than this one
 * @param limit at most
 */
public record EmailQuery(
        @Nullable UUID userId,
        @Nullable EmailStatus status,
        @Nullable UUID before,
        int limit) {}
