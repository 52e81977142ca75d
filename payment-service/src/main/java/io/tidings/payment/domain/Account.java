package io.tidings.payment.domain;

import io.tidings.events.Money;
import io.tidings.payment.eventstore.StreamState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What a user has, or had.
 *
 * @param version the number of events that it came from
 * @param recordedAt when the last of them was recorded
 */
public record Account(UUID userId, Money balance, long version, Instant recordedAt) {

    static Optional<Account> of(StreamState<Wallet> state) {
        return switch (state.state()) {
            case Wallet.NotOpened() -> Optional.empty();
            case Wallet.Open(var balance) ->
                Optional.of(new Account(
                        state.streamId(), balance, state.version(), Objects.requireNonNull(state.recordedAt())));
        };
    }
}
