package io.tidings.payment.domain;

import static io.tidings.payment.domain.WalletDecision.accepted;

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

/**
 * A user's money, as it follows from what happened to it. Decisions are pure: the form is that of Jérémie Chassaing's
 * <a href="https://thinkbeforecoding.com/post/2021/12/17/functional-event-sourcing-decider">decider</a>.
 */
public sealed interface Wallet {

    /** Where each wallet begins. */
    Wallet NOT_OPENED = new NotOpened();

    /** The user has no account. */
    record NotOpened() implements Wallet {}

    /** The user has an account. */
    record Open(Money balance) implements Wallet {}

    /** What is true after an event. */
    static Wallet evolve(Wallet wallet, WalletEvent event) {
        return switch (event) {
            case AccountOpened(var currency) -> new Open(Money.zero(currency));
            case MoneyDeposited(var amount) -> new Open(balanceOf(wallet).plus(amount));
            case MoneyWithdrawn(var amount, var orderId) ->
                new Open(balanceOf(wallet).minus(amount));
            case MoneyRefunded(var amount, var orderId) ->
                new Open(balanceOf(wallet).plus(amount));
        };
    }

    private static Money balanceOf(Wallet wallet) {
        return switch (wallet) {
            case Open(var balance) -> balance;
            case NotOpened() ->
                throw new IllegalStateException("Money moves in a wallet before it is opened: its events are broken.");
        };
    }

    /** What happens at a command, or why nothing does. */
    static WalletDecision decide(Wallet wallet, WalletCommand command) {
        return switch (wallet) {
            case NotOpened() ->
                switch (command) {
                    case OpenAccount(var currency) -> accepted(new AccountOpened(currency));
                    case Deposit deposit -> new Refused(new NoAccount());
                    case Withdraw withdraw -> new Refused(new NoAccount());
                    case Refund refund -> new Refused(new NoAccount());
                };
            case Open(var balance) ->
                switch (command) {
                    case OpenAccount open -> accepted();
                    case Deposit(var amount) -> move(balance, amount, new MoneyDeposited(amount));
                    case Withdraw(var amount, var orderId) ->
                        amount.currency().equals(balance.currency()) && balance.isLessThan(amount)
                                ? new Refused(new InsufficientFunds(balance, amount))
                                : move(balance, amount, new MoneyWithdrawn(amount, orderId));
                    case Refund(var amount, var orderId) -> move(balance, amount, new MoneyRefunded(amount, orderId));
                };
        };
    }

    private static WalletDecision move(Money balance, Money amount, WalletEvent event) {
        if (!amount.currency().equals(balance.currency())) {
            return new Refused(new OtherCurrency(balance.currency(), amount));
        }
        return amount.minorUnits() == 0 ? accepted() : accepted(event);
    }
}
