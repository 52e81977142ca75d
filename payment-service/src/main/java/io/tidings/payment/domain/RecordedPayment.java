package io.tidings.payment.domain;

import java.time.Instant;

/**
 * A payment as it was last written.
 *
 * @param createdAt when it was first heard of
 * @param updatedAt when its status last changed
 */
public record RecordedPayment(Payment payment, Instant createdAt, Instant updatedAt) {}
