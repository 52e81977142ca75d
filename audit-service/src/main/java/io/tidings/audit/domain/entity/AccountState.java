package io.tidings.audit.domain.entity;

import io.tidings.events.Money;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What was paid from an account for orders. Deposits, withdrawals and the balance are payment-service's own affair, and
 * are not told on the bus.
 *
 * @param paid for each order, what was paid for it and not refunded
 * @param spentMinorUnits what that comes to, for each currency
 * @param failedPayments how many were tried in vain
 */
public record AccountState(
        SortedMap<UUID, Money> paid, SortedMap<String, Long> spentMinorUnits, int failedPayments, int refunds)
        implements EntityState {

    static final AccountState UNKNOWN = new AccountState(Map.of(), 0, 0);

    private AccountState(Map<UUID, Money> paid, int failedPayments, int refunds) {
        this(Collections.unmodifiableSortedMap(new TreeMap<>(paid)), spent(paid), failedPayments, refunds);
    }

    AccountState after(AccountFact fact) {
        Map<UUID, Money> now = new TreeMap<>(paid);
        return switch (fact) {
            case AccountFact.Paid(var order, var amount) -> {
                now.put(order, amount);
                yield new AccountState(now, failedPayments, refunds);
            }
            case AccountFact.NotPaid failed -> new AccountState(now, failedPayments + 1, refunds);
            case AccountFact.Refunded(var order, var amount) -> {
                now.remove(order);
                yield new AccountState(now, failedPayments, refunds + 1);
            }
        };
    }

    private static SortedMap<String, Long> spent(Map<UUID, Money> paid) {
        SortedMap<String, Long> spent = new TreeMap<>();
        paid.values().forEach(amount -> spent.merge(amount.currency(), amount.minorUnits(), Math::addExact));
        return Collections.unmodifiableSortedMap(spent);
    }
}
