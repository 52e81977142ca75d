package io.tidings.payment.domain;

import io.tidings.events.Money;
import io.tidings.payment.domain.WalletCommand.Deposit;
import io.tidings.payment.domain.WalletCommand.Withdraw;
import io.tidings.payment.domain.WalletDecision.Accepted;
import io.tidings.payment.domain.WalletDecision.Refused;
import io.tidings.payment.eventstore.EventStore;
import io.tidings.payment.eventstore.RecordedEvent;
import io.tidings.payment.eventstore.StreamState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where users put money into their wallets, take it out, and look at what they have. */
@Service
public class Wallets {

    private final EventStore<Wallet, WalletEvent> walletEvents;

    Wallets(EventStore<Wallet, WalletEvent> walletEvents) {
        this.walletEvents = walletEvents;
    }

    @Transactional
    public Answer deposit(UUID userId, Money amount) {
        return handle(userId, new Deposit(amount));
    }

    @Transactional
    public Answer withdraw(UUID userId, Money amount) {
        return handle(userId, new Withdraw(amount, null));
    }

    /** With the wallet locked: what is decided on stays true, and a transaction that does more need not begin anew. */
    private Answer handle(UUID userId, WalletCommand command) {
        StreamState<Wallet> before =
                Objects.requireNonNull(walletEvents.lock(Set.of(userId)).get(userId));
        return switch (Wallet.decide(before.state(), command)) {
            case Accepted(var events) -> new Answer.Granted(append(before, events));
            case Refused(var refusal) -> new Answer.Denied(refusal);
        };
    }

    private Account append(StreamState<Wallet> before, List<WalletEvent> events) {
        if (!events.isEmpty()) {
            walletEvents.append(before, events);
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
