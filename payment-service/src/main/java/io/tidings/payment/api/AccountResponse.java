package io.tidings.payment.api;

import io.swagger.v3.oas.annotations.media.Schema;
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
@Schema(example = """
        {"userId": "01a207bf-0c11-7c0e-9b1e-2f3a4b5c6d7e", "balance": {"minorUnits": 100000,
         "currency": "USD"}, "version": 4, "asOf": "2026-01-01T12:00:00Z"}""")
record AccountResponse(UUID userId, Money balance, long version, Instant asOf) {

    static AccountResponse of(Account account) {
        return asOf(account, account.recordedAt());
    }

    static AccountResponse asOf(Account account, Instant moment) {
        return new AccountResponse(account.userId(), account.balance(), account.version(), moment);
    }
}
