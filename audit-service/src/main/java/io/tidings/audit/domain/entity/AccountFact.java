package io.tidings.audit.domain.entity;

import io.tidings.events.Message;
import io.tidings.events.Money;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import java.util.Optional;
import java.util.UUID;

/** What others were told of an account. */
sealed interface AccountFact {

    UUID orderId();

    Money amount();

    record Paid(UUID orderId, Money amount) implements AccountFact {}

    record NotPaid(UUID orderId, Money amount) implements AccountFact {}

    record Refunded(UUID orderId, Money amount) implements AccountFact {}

    /** What a message says of the account; nothing if it is about something else. */
    static Optional<AccountFact> of(Message message) {
        return Optional.ofNullable(
                switch (message) {
                    case PaymentProcessed it -> new Paid(it.orderId(), it.amount());
                    case PaymentFailed it -> new NotPaid(it.orderId(), it.amount());
                    case PaymentRefunded it when it.tookPlace() -> new Refunded(it.orderId(), it.amount());
                    default -> null;
                });
    }
}
