package io.tidings.payment.domain;

import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import java.util.UUID;

/** What can be asked for the payment of an order. */
public sealed interface PaymentCommand {

    UUID orderId();

    UUID userId();

    record TakePayment(UUID orderId, UUID userId, Money amount, Fulfilment fulfilment) implements PaymentCommand {}

    /** @param reason a sentence for the user */
    record CancelPayment(UUID orderId, UUID userId, String reason) implements PaymentCommand {}

    /**
     * An orchestrator has the payment undone, or never made, and wants an answer.
     *
     * @param amount that it may have had paid
     */
    record UndoPayment(UUID orderId, UUID userId, Money amount) implements PaymentCommand {}
}
