package io.tidings.audit.domain.entity;

import io.tidings.events.Money;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What was paid from an account for orders. Deposits, withdrawals and the balance are payment-service's own affair, and
 * are not told on the bus.
 *
 * @param paid for each order, what was paid for it and not refunded
 * @param spentMinorUnits what that comes to, for each currency
 * @param failedPayments for how many orders it was tried in vain
 * @param refunds for how many orders money was given back
 */
public record AccountState(
        SortedMap<UUID, Money> paid, SortedMap<String, Long> spentMinorUnits, int failedPayments, int refunds)
        implements EntityState {}
