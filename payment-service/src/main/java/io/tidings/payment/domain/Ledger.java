package io.tidings.payment.domain;

import io.tidings.payment.eventstore.Append;
import io.tidings.payment.eventstore.EventStore;
import io.tidings.payment.eventstore.StreamState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * The wallets and payments that one transaction has locked, as they are after what it has decided so far. What it has
 * decided is written just before it commits, with one statement a table, however many payments it took: a <a
 * href="https://martinfowler.com/eaaCatalog/unitOfWork.html">unit of work</a>.
 */
final class Ledger implements TransactionSynchronization {

    private final EventStore<Wallet, WalletEvent> walletEvents;
    private final Payments payments;

    private final Map<UUID, StreamState<Wallet>> lockedWallets = new HashMap<>();
    private final Map<UUID, Wallet> walletsNow = new HashMap<>();
    private final Map<UUID, Payment> paymentsNow = new HashMap<>();
    private final Map<UUID, List<WalletEvent>> newEvents = new LinkedHashMap<>();
    private final Map<UUID, Payment> changedPayments = new LinkedHashMap<>();

    Ledger(EventStore<Wallet, WalletEvent> walletEvents, Payments payments) {
        this.walletEvents = walletEvents;
        this.payments = payments;
    }

    /** Takes in what the transaction has locked. What was locked before stays as it has become since. */
    void locked(Map<UUID, StreamState<Wallet>> wallets, Map<UUID, Payment> ofOrders) {
        wallets.forEach((userId, wallet) -> {
            lockedWallets.putIfAbsent(userId, wallet);
            walletsNow.putIfAbsent(userId, wallet.state());
        });
        ofOrders.forEach(paymentsNow::putIfAbsent);
    }

    Wallet walletOf(UUID userId) {
        return known(walletsNow, userId);
    }

    Payment paymentOf(UUID orderId) {
        return known(paymentsNow, orderId);
    }

    private static <T> T known(Map<UUID, T> locked, UUID id) {
        return Optional.ofNullable(locked.get(id))
                .orElseThrow(() -> new IllegalStateException(
                        "%s is not among what this transaction has locked: name it to Cashier.prepare.".formatted(id)));
    }

    void happened(UUID userId, List<WalletEvent> events) {
        for (WalletEvent event : events) {
            walletsNow.put(userId, Wallet.evolve(walletOf(userId), event));
            newEvents.computeIfAbsent(userId, first -> new ArrayList<>()).add(event);
        }
    }

    void became(Payment payment) {
        if (!payment.equals(paymentsNow.put(payment.orderId(), payment))) {
            changedPayments.put(payment.orderId(), payment);
        }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (!newEvents.isEmpty()) {
            walletEvents.append(
                    newEvents.entrySet().stream().map(this::toAppend).toList());
        }
        if (!changedPayments.isEmpty()) {
            payments.update(changedPayments.values());
        }
    }

    private Append<Wallet, WalletEvent> toAppend(Map.Entry<UUID, List<WalletEvent>> entry) {
        return new Append<>(known(lockedWallets, entry.getKey()), entry.getValue());
    }
}
