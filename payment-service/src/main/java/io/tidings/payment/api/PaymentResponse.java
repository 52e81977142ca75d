package io.tidings.payment.api;

import io.tidings.events.Money;
import io.tidings.payment.domain.Payment;
import io.tidings.payment.domain.PaymentStatus;
import io.tidings.payment.domain.RecordedPayment;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the payment of an order stands.
 *
 * @param amount null if the order was canceled before it was to be paid
 * @param reason why it failed, was declined or came back, as a sentence for the user; otherwise null
 */
record PaymentResponse(
        UUID orderId,
        UUID userId,
        PaymentStatus status,
        @Nullable Money amount,
        @Nullable String reason,
        Instant createdAt,
        Instant updatedAt) {

    static PaymentResponse of(RecordedPayment recorded) {
        Payment payment = recorded.payment();
        return new PaymentResponse(
                payment.orderId(),
                payment.userId(),
                payment.status(),
                payment.amount(),
                payment.reason(),
                recorded.createdAt(),
                recorded.updatedAt());
    }
}
