package io.tidings.payment.api;

import io.tidings.events.Money;
import io.tidings.payment.domain.Account;
import java.time.Instant;
import java.util.UUID;

/**
 * What a user has, or had.
 *
 * @param version the number of events that the balance came from
 * @param asOf the moment that was asked for; if none was, when this version came to be
 */
record AccountResponse(UUID userId, Money balance, long version, Instant asOf) {

    static AccountResponse of(Account account) {
        return asOf(account, account.recordedAt());
    }

    static AccountResponse asOf(Account account, Instant moment) {
        return new AccountResponse(account.userId(), account.balance(), account.version(), moment);
    }
}
