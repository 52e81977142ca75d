package io.tidings.audit.domain.entity;

import io.tidings.events.Money;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Of an account, from which thousands of orders may have been paid: of those, only the one is compared that changes. */
final class AccountKnowledge implements Knowledge<AccountFact> {

    private final SortedMap<UUID, Money> paid = new TreeMap<>();
    private final SortedMap<String, Spent> spent = new TreeMap<>();
    // By their orders: whoever asks again is told again, and nothing has happened.
    private final Set<UUID> failed = new HashSet<>();
    private final Set<UUID> refunded = new HashSet<>();

    /** @param orders for how many; a currency in which nothing is paid for is not told of */
    private record Spent(long minorUnits, int orders) {

        static final Spent NOTHING = new Spent(0, 0);

        Spent plus(Money amount) {
            return new Spent(Math.addExact(minorUnits, amount.minorUnits()), orders + 1);
        }

        @Nullable
        Spent minus(Money amount) {
            return orders == 1 ? null : new Spent(Math.subtractExact(minorUnits, amount.minorUnits()), orders - 1);
        }
    }

    @Override
    public List<Change> take(AccountFact fact) {
        Money last = paid.get(fact.orderId());
        Set<String> currencies = new HashSet<>(Set.of(fact.amount().currency()));
        if (last != null) {
            currencies.add(last.currency());
        }
        AccountState before = partOf(fact.orderId(), currencies);
        switch (fact) {
            case AccountFact.Paid(var order, var amount) -> {
                forget(order);
                paid.put(order, amount);
                spent.put(
                        amount.currency(),
                        spent.getOrDefault(amount.currency(), Spent.NOTHING).plus(amount));
            }
            case AccountFact.NotPaid(var order, var amount) -> failed.add(order);
            case AccountFact.Refunded(var order, var amount) -> {
                forget(order);
                refunded.add(order);
            }
        }
        return Change.between(before, partOf(fact.orderId(), currencies));
    }

    private void forget(UUID order) {
        Money amount = paid.remove(order);
        if (amount != null) {
            spent.computeIfPresent(amount.currency(), (currency, sum) -> sum.minus(amount));
        }
    }

    private AccountState partOf(UUID order, Set<String> currencies) {
        Money amount = paid.get(order);
        SortedMap<String, Spent> part = new TreeMap<>();
        currencies.forEach(currency -> {
            Spent sum = spent.get(currency);
            if (sum != null) {
                part.put(currency, sum);
            }
        });
        return stateOf(amount == null ? Map.of() : Map.of(order, amount), part);
    }

    @Override
    public EntityState state() {
        return stateOf(paid, spent);
    }

    private AccountState stateOf(Map<UUID, Money> paid, SortedMap<String, Spent> spent) {
        SortedMap<String, Long> minorUnits = new TreeMap<>();
        spent.forEach((currency, sum) -> minorUnits.put(currency, sum.minorUnits()));
        return new AccountState(
                Collections.unmodifiableSortedMap(new TreeMap<>(paid)),
                Collections.unmodifiableSortedMap(minorUnits),
                failed.size(),
                refunded.size());
    }
}
