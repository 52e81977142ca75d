package io.tidings.payment.api;

import io.swagger.v3.oas.annotations.media.Schema;
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
@Schema(example = """
        {"orderId": "01a207bf-e28b-7065-a7fd-f8fb6a015041",
         "userId": "01a207bf-0c11-7c0e-9b1e-2f3a4b5c6d7e", "status": "PROCESSED",
         "amount": {"minorUnits": 5000, "currency": "USD"},
         "createdAt": "2026-01-01T12:00:00Z", "updatedAt": "2026-01-01T12:00:00Z"}""")
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
