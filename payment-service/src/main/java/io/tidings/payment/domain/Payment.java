package io.tidings.payment.domain;

import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.payment.domain.PaymentCommand.CancelPayment;
import io.tidings.payment.domain.PaymentCommand.TakePayment;
import io.tidings.payment.domain.PaymentCommand.UndoPayment;
import io.tidings.payment.domain.WalletCommand.Refund;
import io.tidings.payment.domain.WalletCommand.Withdraw;
import io.tidings.payment.domain.WalletDecision.Accepted;
import io.tidings.payment.domain.WalletDecision.Refused;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payment of one order.
 *
 * @param amount null if nobody has asked for it
 * @param fulfilment who asked for it; null if nobody has
 * @param reason why it failed, was declined or came back, as a sentence for the user; otherwise null
 */
public record Payment(
        UUID orderId,
        UUID userId,
        PaymentStatus status,
        @Nullable Money amount,
        @Nullable Fulfilment fulfilment,
        @Nullable String reason) {

    private static final String CALLED_OFF = "The order was called off.";

    /**
     * What follows from a command. Whatever the order in which they come, and however often, money moves at most once
     * each way, and not at all for an order whose cancellation came first. What an orchestrator asks for is always
     * answered, so that it may ask again.
     *
     * @param wallet of the user who pays
     * @throws IllegalArgumentException if the command names another user
     */
    static PaymentDecision decide(Payment payment, Wallet wallet, PaymentCommand command) {
        if (!command.userId().equals(payment.userId)) {
            throw new IllegalArgumentException("Order %s is the affair of user %s and not of user %s."
                    .formatted(payment.orderId, payment.userId, command.userId()));
        }
        return switch (command) {
            case TakePayment take ->
                switch (payment.status) {
                    case EXPECTED -> take(payment, wallet, take);
                    case PROCESSED, FAILED, REFUNDED, DECLINED ->
                        take.fulfilment() == Fulfilment.ORCHESTRATION
                                ? payment.toldAgain(take)
                                : PaymentDecision.only(payment);
                };
            case CancelPayment cancel ->
                switch (payment.status) {
                    case EXPECTED -> PaymentDecision.only(payment.declined(cancel.reason()));
                    case PROCESSED ->
                        // What an orchestrator had paid, it has refunded: it sends a command.
                        payment.fulfilment == Fulfilment.CHOREOGRAPHY
                                ? refund(payment, wallet, cancel.reason())
                                : PaymentDecision.only(payment);
                    case FAILED, REFUNDED, DECLINED -> PaymentDecision.only(payment);
                };
            case UndoPayment undo ->
                switch (payment.status) {
                    case EXPECTED ->
                        new PaymentDecision(payment.declined(CALLED_OFF), List.of(), List.of(nothingTaken(undo)));
                    case PROCESSED -> refund(payment, wallet, CALLED_OFF);
                    case FAILED, DECLINED -> new PaymentDecision(payment, List.of(), List.of(nothingTaken(undo)));
                    case REFUNDED -> new PaymentDecision(payment, List.of(), List.of(payment.refunded()));
                };
        };
    }

    /** What is answered to an orchestrator that asks once more for what is done, or will never be done. */
    private PaymentDecision toldAgain(TakePayment take) {
        Event news =
                switch (status) {
                    case PROCESSED -> new PaymentProcessed(orderId, userId, take.amount(), take.fulfilment());
                    case REFUNDED -> refunded();
                    case FAILED, DECLINED, EXPECTED ->
                        new PaymentFailed(
                                orderId,
                                userId,
                                take.amount(),
                                Objects.requireNonNullElse(reason, CALLED_OFF),
                                take.fulfilment());
                };
        return new PaymentDecision(this, List.of(), List.of(news));
    }

    private PaymentRefunded refunded() {
        return new PaymentRefunded(orderId, userId, Objects.requireNonNull(amount), Objects.requireNonNull(fulfilment));
    }

    private static PaymentRefunded nothingTaken(UndoPayment undo) {
        return new PaymentRefunded(
                undo.orderId(), undo.userId(), Money.zero(undo.amount().currency()), Fulfilment.ORCHESTRATION);
    }

    private static PaymentDecision take(Payment payment, Wallet wallet, TakePayment take) {
        return switch (Wallet.decide(wallet, new Withdraw(take.amount(), take.orderId()))) {
            case Accepted(var events) ->
                new PaymentDecision(
                        payment.asked(take, PaymentStatus.PROCESSED, null),
                        events,
                        List.of(new PaymentProcessed(take.orderId(), take.userId(), take.amount(), take.fulfilment())));
            case Refused(var refusal) ->
                new PaymentDecision(
                        payment.asked(take, PaymentStatus.FAILED, refusal.sentence()),
                        List.of(),
                        List.of(new PaymentFailed(
                                take.orderId(), take.userId(), take.amount(), refusal.sentence(), take.fulfilment())));
        };
    }

    private static PaymentDecision refund(Payment payment, Wallet wallet, String reason) {
        Money amount = Objects.requireNonNull(payment.amount);
        Fulfilment fulfilment = Objects.requireNonNull(payment.fulfilment);
        return switch (Wallet.decide(wallet, new Refund(amount, payment.orderId))) {
            case Accepted(var events) ->
                new PaymentDecision(
                        new Payment(
                                payment.orderId, payment.userId, PaymentStatus.REFUNDED, amount, fulfilment, reason),
                        events,
                        List.of(new PaymentRefunded(payment.orderId, payment.userId, amount, fulfilment)));
            case Refused(var refusal) ->
                throw new IllegalStateException("Order %s was paid, and its money can't go back: %s"
                        .formatted(payment.orderId, refusal.sentence()));
        };
    }

    private Payment asked(TakePayment take, PaymentStatus outcome, @Nullable String why) {
        return new Payment(orderId, userId, outcome, take.amount(), take.fulfilment(), why);
    }

    private Payment declined(String why) {
        return new Payment(orderId, userId, PaymentStatus.DECLINED, amount, fulfilment, why);
    }
}
