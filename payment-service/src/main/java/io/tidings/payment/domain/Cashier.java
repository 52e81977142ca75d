package io.tidings.payment.domain;

import io.tidings.bus.EventBus;
import io.tidings.bus.PerTransaction;
import io.tidings.payment.domain.WalletCommand.OpenAccount;
import io.tidings.payment.domain.WalletDecision.Accepted;
import io.tidings.payment.domain.WalletDecision.Refused;
import io.tidings.payment.eventstore.EventStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens accounts, takes payments and gives them back: many in one transaction, which first says whom and what it is
 * about in {@link #prepare}.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class Cashier {

    /** What all accounts are kept in: an order in another currency is not paid, and so rejected. */
    private static final String CURRENCY = "USD";

    private final EventStore<Wallet, WalletEvent> walletEvents;
    private final Payments payments;
    private final EventBus eventBus;
    private final PerTransaction<Ledger> ledger;

    Cashier(EventStore<Wallet, WalletEvent> walletEvents, Payments payments, EventBus eventBus) {
        this.walletEvents = walletEvents;
        this.payments = payments;
        this.eventBus = eventBus;
        this.ledger = new PerTransaction<>(() -> new Ledger(walletEvents, payments));
    }

    /** Loads and locks what this transaction is about: first the wallets, then the payments, each in order of ids. */
    public void prepare(Collection<UUID> newUsers, Collection<PaymentCommand> commands) {
        Set<UUID> users = new HashSet<>(newUsers);
        Map<UUID, UUID> usersByOrder = new HashMap<>();
        for (PaymentCommand command : commands) {
            users.add(command.userId());
            usersByOrder.putIfAbsent(command.orderId(), command.userId());
        }
        ledger.get().locked(walletEvents.lock(users), usersByOrder.isEmpty() ? Map.of() : payments.lock(usersByOrder));
    }

    /** Opens a user's account, unless it is open. */
    public void openAccount(UUID userId) {
        Ledger current = ledger.get();
        switch (Wallet.decide(current.walletOf(userId), new OpenAccount(CURRENCY))) {
            case Accepted(var events) -> current.happened(userId, events);
            case Refused(var refusal) ->
                throw new IllegalStateException(
                        "User %s can't have an account: %s".formatted(userId, refusal.sentence()));
        }
    }

    /** Takes a payment or gives it back, and tells the others. */
    public void handle(PaymentCommand command) {
        Ledger current = ledger.get();
        PaymentDecision decision =
                Payment.decide(current.paymentOf(command.orderId()), current.walletOf(command.userId()), command);
        current.happened(command.userId(), decision.walletEvents());
        current.became(decision.payment());
        decision.news().forEach(eventBus::publish);
    }
}
