package io.tidings.payment.domain;

import static io.tidings.payment.domain.WalletDecision.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.events.Money;
import io.tidings.payment.domain.Refusal.InsufficientFunds;
import io.tidings.payment.domain.Refusal.NoAccount;
import io.tidings.payment.domain.Refusal.OtherCurrency;
import io.tidings.payment.domain.WalletCommand.Deposit;
import io.tidings.payment.domain.WalletCommand.OpenAccount;
import io.tidings.payment.domain.WalletCommand.Refund;
import io.tidings.payment.domain.WalletCommand.Withdraw;
import io.tidings.payment.domain.WalletDecision.Refused;
import io.tidings.payment.domain.WalletEvent.AccountOpened;
import io.tidings.payment.domain.WalletEvent.MoneyDeposited;
import io.tidings.payment.domain.WalletEvent.MoneyRefunded;
import io.tidings.payment.domain.WalletEvent.MoneyWithdrawn;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final WalletEvent OPENED = new AccountOpened("USD");

    @Test
    void five_hundred_and_six_hundred_in_and_one_hundred_out_is_one_thousand() {
        var wallet = after(
                OPENED,
                new MoneyDeposited(dollars(500)),
                new MoneyDeposited(dollars(600)),
                new MoneyWithdrawn(dollars(100), null));

        assertThat(wallet).isEqualTo(new Wallet.Open(dollars(1_000)));
    }

    @Test
    void an_account_that_was_just_opened_is_empty() {
        assertThat(after(OPENED)).isEqualTo(new Wallet.Open(dollars(0)));
    }

    @Test
    void a_refund_brings_the_money_back() {
        var wallet = after(
                OPENED,
                new MoneyDeposited(dollars(10)),
                new MoneyWithdrawn(dollars(7), ORDER),
                new MoneyRefunded(dollars(7), ORDER));

        assertThat(wallet).isEqualTo(new Wallet.Open(dollars(10)));
    }

    @Test
    void money_that_moves_before_the_account_is_opened_is_a_broken_history() {
        assertThatThrownBy(() -> after(new MoneyDeposited(dollars(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before it is opened");
    }

    @Test
    void opening_an_account_opens_it() {
        assertThat(given().when(new OpenAccount("USD"))).isEqualTo(accepted(OPENED));
    }

    @Test
    void opening_an_account_twice_changes_nothing() {
        assertThat(given(OPENED).when(new OpenAccount("USD"))).isEqualTo(accepted());
    }

    @Test
    void without_an_account_nothing_can_be_deposited_withdrawn_or_refunded() {
        assertThat(given().when(new Deposit(dollars(1)))).isEqualTo(new Refused(new NoAccount()));
        assertThat(given().when(new Withdraw(dollars(1), ORDER))).isEqualTo(new Refused(new NoAccount()));
        assertThat(given().when(new Refund(dollars(1), ORDER))).isEqualTo(new Refused(new NoAccount()));
    }

    @Test
    void a_deposit_is_recorded() {
        assertThat(given(OPENED).when(new Deposit(dollars(5)))).isEqualTo(accepted(new MoneyDeposited(dollars(5))));
    }

    @Test
    void all_that_is_there_can_be_withdrawn() {
        assertThat(given(OPENED, new MoneyDeposited(dollars(5))).when(new Withdraw(dollars(5), null)))
                .isEqualTo(accepted(new MoneyWithdrawn(dollars(5), null)));
    }

    @Test
    void no_more_than_what_is_there_can_be_withdrawn() {
        var decision = given(OPENED, new MoneyDeposited(dollars(5))).when(new Withdraw(new Money(501, "USD"), ORDER));

        assertThat(decision).isEqualTo(new Refused(new InsufficientFunds(dollars(5), new Money(501, "USD"))));
        assertThat(((Refused) decision).refusal().sentence())
                .isEqualTo("The balance of 5.00 USD does not cover 5.01 USD: deposit 0.01 USD more, and try again.");
    }

    @Test
    void a_refund_is_recorded_with_its_order() {
        assertThat(given(OPENED).when(new Refund(dollars(5), ORDER)))
                .isEqualTo(accepted(new MoneyRefunded(dollars(5), ORDER)));
    }

    @Test
    void money_of_another_currency_is_refused_whichever_way_it_goes() {
        var euros = new Money(100, "EUR");
        var refused = new Refused(new OtherCurrency("USD", euros));

        assertThat(given(OPENED).when(new Deposit(euros))).isEqualTo(refused);
        assertThat(given(OPENED).when(new Withdraw(euros, ORDER))).isEqualTo(refused);
        assertThat(given(OPENED).when(new Refund(euros, ORDER))).isEqualTo(refused);
    }

    @Test
    void what_costs_nothing_is_granted_and_moves_nothing() {
        assertThat(given(OPENED).when(new Withdraw(dollars(0), ORDER))).isEqualTo(accepted());
        assertThat(given(OPENED).when(new Refund(dollars(0), ORDER))).isEqualTo(accepted());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void negative_amounts_can_not_even_be_asked_for(long minorUnits) {
        var negative = new Money(minorUnits, "USD");

        assertThatIllegalArgumentException().isThrownBy(() -> new Deposit(negative));
        assertThatIllegalArgumentException().isThrownBy(() -> new Withdraw(negative, ORDER));
        assertThatIllegalArgumentException().isThrownBy(() -> new Refund(negative, ORDER));
    }

    @Test
    void every_event_has_a_name_in_the_event_store() {
        assertThat(WalletStreams.TYPE.eventTypes().values())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(WalletEvent.class.getPermittedSubclasses())
                        .<Class<? extends WalletEvent>>map(type -> type.asSubclass(WalletEvent.class))
                        .toList());
    }

    private record Given(Wallet wallet) {

        WalletDecision when(WalletCommand command) {
            return Wallet.decide(wallet, command);
        }
    }

    private static Given given(WalletEvent... events) {
        return new Given(after(events));
    }

    private static Wallet after(WalletEvent... events) {
        var wallet = Wallet.NOT_OPENED;
        for (WalletEvent event : events) {
            wallet = Wallet.evolve(wallet, event);
        }
        return wallet;
    }

    private static Money dollars(long dollars) {
        return new Money(dollars * 100, "USD");
    }
}
