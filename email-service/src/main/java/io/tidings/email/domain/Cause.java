package io.tidings.email.domain;

import java.util.UUID;

/**
 * Why there is a mail.
 *
 * @param eventId the event that it tells of
 * @param correlationId the flow that the event belongs to
 * @param traceparent the event's place in its trace
 */
public record Cause(UUID eventId, String correlationId, String traceparent) {}
