package io.tidings.payment.domain;

import io.tidings.events.Money;
import io.tidings.payment.domain.WalletCommand.Deposit;
import io.tidings.payment.domain.WalletCommand.Withdraw;
import io.tidings.payment.domain.WalletDecision.Accepted;
import io.tidings.payment.domain.WalletDecision.Refused;
import io.tidings.payment.eventstore.EventStore;
import io.tidings.payment.eventstore.RecordedEvent;
import io.tidings.payment.eventstore.StreamState;
import io.tidings.payment.eventstore.WrongExpectedVersionException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Where users put money into their wallets, take it out, and look at what they have. */
@Service
public class Wallets {

    private final EventStore<Wallet, WalletEvent> walletEvents;
    private final TransactionTemplate transactions;

    Wallets(EventStore<Wallet, WalletEvent> walletEvents, TransactionTemplate transactions) {
        this.walletEvents = walletEvents;
        this.transactions = transactions;
    }

    public Answer deposit(UUID userId, Money amount) {
        return handle(userId, new Deposit(amount));
    }

    public Answer withdraw(UUID userId, Money amount) {
        return handle(userId, new Withdraw(amount, null));
    }

    private Answer handle(UUID userId, WalletCommand command) {
        try {
            return inTransaction(userId, false, command);
        } catch (WrongExpectedVersionException someoneElseWasFirst) {
            // Decided again on what is true now, and with the wallet locked: so once is enough, however many want it.
            return inTransaction(userId, true, command);
        }
    }

    private Answer inTransaction(UUID userId, boolean locked, WalletCommand command) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            StreamState<Wallet> before = locked
                    ? Objects.requireNonNull(walletEvents.lock(Set.of(userId)).get(userId))
                    : walletEvents.load(userId);
            return switch (Wallet.decide(before.state(), command)) {
                case Accepted(var events) -> new Answer.Granted(append(before, events));
                case Refused(var refusal) -> new Answer.Denied(refusal);
            };
        }));
    }

    private Account append(StreamState<Wallet> before, List<WalletEvent> events) {
        if (!events.isEmpty()) {
            walletEvents.append(before.streamId(), before.version(), events);
        }
        return find(before.streamId()).orElseThrow();
    }

    /** What a user has. */
    public Optional<Account> find(UUID userId) {
        return Account.of(walletEvents.load(userId));
    }

    /** What a user had at a version, or at the last one if that is smaller. */
    public Optional<Account> find(UUID userId, long version) {
        return Account.of(walletEvents.load(userId, version));
    }

    /** What a user had at a moment; empty if there was no account yet. */
    public Optional<Account> find(UUID userId, Instant moment) {
        return Account.of(walletEvents.load(userId, moment));
    }

    /** What happened to a user's wallet from a version on. */
    public List<RecordedEvent<WalletEvent>> events(UUID userId, long fromVersion, int limit) {
        return walletEvents.readFrom(userId, fromVersion, limit);
    }
}
