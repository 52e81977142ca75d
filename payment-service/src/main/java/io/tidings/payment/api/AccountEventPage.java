package io.tidings.payment.api;

import io.tidings.payment.domain.WalletEvent;
import io.tidings.payment.eventstore.RecordedEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what happened to an account, in the order in which it happened.
 *
 * @param next give it as {@code fromVersion} to get the page after this one; null if this is the last
 */
record AccountEventPage(List<AccountEvent> events, @Nullable Long next) {

    /** @param type names what {@code data} is */
    record AccountEvent(long version, String type, WalletEvent data, Instant recordedAt) {

        static AccountEvent of(RecordedEvent<WalletEvent> event) {
            return new AccountEvent(event.version(), event.type(), event.event(), event.recordedAt());
        }
    }

    /** @param events of the account up to its last, or one more than the page holds */
    static AccountEventPage of(List<RecordedEvent<WalletEvent>> events, int limit) {
        return new AccountEventPage(
                events.stream().limit(limit).map(AccountEvent::of).toList(),
                events.size() > limit ? events.get(limit).version() : null);
    }
}
