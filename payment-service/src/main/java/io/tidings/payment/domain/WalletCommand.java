package io.tidings.payment.domain;

import io.tidings.events.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of a wallet. Amounts are never negative. */
public sealed interface WalletCommand {

    record OpenAccount(String currency) implements WalletCommand {}

    record Deposit(Money amount) implements WalletCommand {

        public Deposit {
            requireNotNegative(amount);
        }
    }

    /** @param orderId the order to be paid; null if the user takes the money out */
    record Withdraw(Money amount, @Nullable UUID orderId) implements WalletCommand {

        public Withdraw {
            requireNotNegative(amount);
        }
    }

    record Refund(Money amount, UUID orderId) implements WalletCommand {

        public Refund {
            requireNotNegative(amount);
        }
    }

    private static void requireNotNegative(Money amount) {
        if (amount.minorUnits() < 0) {
            throw new IllegalArgumentException("An amount must not be negative: %s.".formatted(amount));
        }
    }
}
