package io.tidings.analytics.alerting;

import io.tidings.events.notification.Severity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An incident, as operators are told of it.
 *
 * @param evidence a sentence with the figures, as they were when it was raised
 * @param endedAt when the rule was armed again; null if the incident is under way
 */
public record Alert(
        UUID alertId,
        String rule,
        Severity severity,
        String evidence,
        Instant raisedAt,
        @Nullable Instant endedAt) {}
