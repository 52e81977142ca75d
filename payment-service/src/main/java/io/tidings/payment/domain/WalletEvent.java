package io.tidings.payment.domain;

import io.tidings.events.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to a wallet. */
public sealed interface WalletEvent {

    /** The user has an account now, and nothing on it. */
    record AccountOpened(String currency) implements WalletEvent {}

    record MoneyDeposited(Money amount) implements WalletEvent {}

    /** @param orderId the order that was paid; null if the user took the money out */
    record MoneyWithdrawn(Money amount, @Nullable UUID orderId) implements WalletEvent {}

    /** What was paid for an order came back. */
    record MoneyRefunded(Money amount, UUID orderId) implements WalletEvent {}
}
