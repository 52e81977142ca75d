package io.tidings.payment.domain;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.payment.domain.PaymentCommand.CancelPayment;
import io.tidings.payment.domain.PaymentCommand.TakePayment;
import io.tidings.payment.domain.PaymentCommand.UndoPayment;
import io.tidings.payment.domain.WalletEvent.MoneyRefunded;
import io.tidings.payment.domain.WalletEvent.MoneyWithdrawn;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PaymentTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();
    private static final Money PRICE = new Money(1_999, "USD");
    private static final TakePayment TAKE = new TakePayment(ORDER, USER, PRICE, CHOREOGRAPHY);
    private static final CancelPayment CANCEL = new CancelPayment(ORDER, USER, "You canceled the order.");

    private static final Payment EXPECTED = new Payment(ORDER, USER, PaymentStatus.EXPECTED, null, null, null);
    private static final Payment PROCESSED =
            new Payment(ORDER, USER, PaymentStatus.PROCESSED, PRICE, CHOREOGRAPHY, null);

    @Test
    void an_order_that_the_wallet_covers_is_paid() {
        var decision = Payment.decide(EXPECTED, walletWith(PRICE), TAKE);

        assertThat(decision)
                .isEqualTo(new PaymentDecision(
                        PROCESSED,
                        List.of(new MoneyWithdrawn(PRICE, ORDER)),
                        List.of(new PaymentProcessed(ORDER, USER, PRICE, CHOREOGRAPHY))));
    }

    @Test
    void an_order_that_the_wallet_does_not_cover_is_not_paid_and_the_user_is_told_why() {
        var decision = Payment.decide(EXPECTED, walletWith(new Money(1_998, "USD")), TAKE);

        var why = "The balance of 19.98 USD does not cover 19.99 USD: deposit 0.01 USD more, and try again.";
        assertThat(decision).isEqualTo(failed(TAKE, why));
    }

    @Test
    void an_order_of_a_user_without_an_account_is_not_paid() {
        var decision = Payment.decide(EXPECTED, Wallet.NOT_OPENED, TAKE);

        assertThat(decision)
                .isEqualTo(failed(
                        TAKE, "There is no account to pay from yet: deposit money once it is open, and try again."));
    }

    @Test
    void an_order_in_another_currency_is_not_paid() {
        var take = new TakePayment(ORDER, USER, new Money(100, "EUR"), CHOREOGRAPHY);

        var decision = Payment.decide(EXPECTED, walletWith(PRICE), take);

        assertThat(decision)
                .isEqualTo(failed(take, "The account is in USD and can't deal with 1.00 EUR: use USD instead."));
    }

    @Test
    void an_order_that_costs_nothing_is_paid_without_money() {
        var free = Money.zero("USD");

        var decision = Payment.decide(EXPECTED, walletWith(free), new TakePayment(ORDER, USER, free, CHOREOGRAPHY));

        assertThat(decision.payment().status()).isEqualTo(PaymentStatus.PROCESSED);
        assertThat(decision.walletEvents()).isEmpty();
        assertThat(decision.news()).containsExactly(new PaymentProcessed(ORDER, USER, free, CHOREOGRAPHY));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "EXPECTED")
    void an_order_that_was_paid_failed_refunded_or_declined_is_not_paid_again(PaymentStatus status) {
        var known = new Payment(ORDER, USER, status, PRICE, CHOREOGRAPHY, "so it is");

        assertThat(Payment.decide(known, walletWith(PRICE), TAKE)).isEqualTo(PaymentDecision.only(known));
    }

    @Test
    void an_order_that_is_canceled_before_it_is_to_be_paid_is_declined_in_silence() {
        var decision = Payment.decide(EXPECTED, walletWith(PRICE), CANCEL);

        assertThat(decision)
                .isEqualTo(PaymentDecision.only(
                        new Payment(ORDER, USER, PaymentStatus.DECLINED, null, null, "You canceled the order.")));
    }

    @Test
    void an_order_that_is_canceled_after_it_was_paid_is_refunded() {
        var decision = Payment.decide(PROCESSED, walletWith(Money.zero("USD")), CANCEL);

        assertThat(decision)
                .isEqualTo(new PaymentDecision(
                        new Payment(
                                ORDER, USER, PaymentStatus.REFUNDED, PRICE, CHOREOGRAPHY, "You canceled the order."),
                        List.of(new MoneyRefunded(PRICE, ORDER)),
                        List.of(new PaymentRefunded(ORDER, USER, PRICE, CHOREOGRAPHY))));
    }

    @Test
    void an_orchestrated_payment_is_left_to_its_orchestrator_when_the_order_is_canceled() {
        var orchestrated = new Payment(ORDER, USER, PaymentStatus.PROCESSED, PRICE, ORCHESTRATION, null);

        assertThat(Payment.decide(orchestrated, walletWith(PRICE), CANCEL))
                .isEqualTo(PaymentDecision.only(orchestrated));
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "REFUNDED", "DECLINED"})
    void a_cancellation_changes_nothing_where_no_money_is_held(PaymentStatus status) {
        var known = new Payment(ORDER, USER, status, PRICE, CHOREOGRAPHY, "so it is");

        assertThat(Payment.decide(known, walletWith(PRICE), CANCEL)).isEqualTo(PaymentDecision.only(known));
    }

    @Test
    void a_refund_without_an_account_is_a_broken_history() {
        assertThatThrownBy(() -> Payment.decide(PROCESSED, Wallet.NOT_OPENED, CANCEL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its money can't go back");
    }

    @Test
    void an_order_can_not_change_its_user() {
        var stranger = new CancelPayment(ORDER, UUID.randomUUID(), "Give it to me.");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payment.decide(PROCESSED, walletWith(PRICE), stranger))
                .withMessageContaining("the affair of user " + USER);
    }

    private static final TakePayment PROCESS = new TakePayment(ORDER, USER, PRICE, ORCHESTRATION);
    private static final UndoPayment UNDO = new UndoPayment(ORDER, USER, PRICE);
    private static final String CALLED_OFF = "The order was called off.";

    @Test
    void an_orchestrator_that_asks_again_for_a_payment_is_answered_again_and_nothing_is_taken_twice() {
        assertThat(answer(PaymentStatus.PROCESSED, null, PROCESS))
                .isEqualTo(new PaymentProcessed(ORDER, USER, PRICE, ORCHESTRATION));
        assertThat(answer(PaymentStatus.FAILED, "It is empty.", PROCESS))
                .isEqualTo(new PaymentFailed(ORDER, USER, PRICE, "It is empty.", ORCHESTRATION));
        assertThat(answer(PaymentStatus.REFUNDED, CALLED_OFF, PROCESS))
                .isEqualTo(new PaymentRefunded(ORDER, USER, PRICE, ORCHESTRATION));
    }

    @Test
    void a_payment_that_an_orchestrator_asks_for_after_the_order_was_called_off_is_declined() {
        assertThat(answer(PaymentStatus.DECLINED, CALLED_OFF, PROCESS))
                .isEqualTo(new PaymentFailed(ORDER, USER, PRICE, CALLED_OFF, ORCHESTRATION));
    }

    @Test
    void what_an_orchestrator_had_paid_is_refunded_when_it_asks() {
        var processed = known(PaymentStatus.PROCESSED, null);

        var decision = Payment.decide(processed, walletWith(Money.zero("USD")), UNDO);

        assertThat(decision)
                .isEqualTo(new PaymentDecision(
                        known(PaymentStatus.REFUNDED, CALLED_OFF),
                        List.of(new MoneyRefunded(PRICE, ORDER)),
                        List.of(new PaymentRefunded(ORDER, USER, PRICE, ORCHESTRATION))));
    }

    @Test
    void a_refund_that_is_asked_for_again_is_answered_again_and_nothing_is_given_twice() {
        assertThat(answer(PaymentStatus.REFUNDED, CALLED_OFF, UNDO))
                .isEqualTo(new PaymentRefunded(ORDER, USER, PRICE, ORCHESTRATION));
    }

    @Test
    void a_refund_of_what_was_never_taken_is_of_nothing() {
        PaymentRefunded ofNothing = new PaymentRefunded(ORDER, USER, Money.zero("USD"), ORCHESTRATION);

        assertThat(answer(PaymentStatus.FAILED, "It is empty.", UNDO)).isEqualTo(ofNothing);
        assertThat(answer(PaymentStatus.DECLINED, CALLED_OFF, UNDO)).isEqualTo(ofNothing);
        assertThat(Payment.decide(EXPECTED, walletWith(PRICE), UNDO))
                .isEqualTo(new PaymentDecision(
                        new Payment(ORDER, USER, PaymentStatus.DECLINED, null, null, CALLED_OFF),
                        List.of(),
                        List.of(ofNothing)));
    }

    /** What is told of a payment that stays as it is. */
    private static Event answer(PaymentStatus status, String reason, PaymentCommand command) {
        var payment = known(status, reason);
        var decision = Payment.decide(payment, walletWith(PRICE), command);
        assertThat(decision.payment()).isEqualTo(payment);
        assertThat(decision.walletEvents()).isEmpty();
        assertThat(decision.news()).hasSize(1);
        return decision.news().getFirst();
    }

    private static Payment known(PaymentStatus status, String reason) {
        return new Payment(ORDER, USER, status, PRICE, ORCHESTRATION, reason);
    }

    private static PaymentDecision failed(TakePayment take, String why) {
        return new PaymentDecision(
                new Payment(ORDER, USER, PaymentStatus.FAILED, take.amount(), CHOREOGRAPHY, why),
                List.of(),
                List.of(new PaymentFailed(ORDER, USER, take.amount(), why, CHOREOGRAPHY)));
    }

    private static Wallet walletWith(Money balance) {
        return new Wallet.Open(balance);
    }
}
