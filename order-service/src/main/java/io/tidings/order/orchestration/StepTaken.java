package io.tidings.order.orchestration;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;

/**
 * A step that an orchestration has come to.
 *
 * @param attempts how often its request was sent, or 0 where nothing was to be asked
 */
@Embeddable
public record StepTaken(@Enumerated(EnumType.STRING) SagaStep step, Instant beganAt, int attempts) {}
