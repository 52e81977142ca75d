package io.tidings.analytics.domain;

import io.tidings.events.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an order: its beginning, its end or both. Usually the beginning comes first, but not if it was mended
 * and sent again.
 */
record OrderHalves(@Nullable Beginning beginning, @Nullable End end) {

    record Beginning(Instant placedAt, Money total) {}

    record End(Instant endedAt, boolean completed) {}

    /** An order that was completed, which is known from its beginning to its end. */
    record Completion(Instant completedAt, Duration took, Money total) {}

    static OrderHalves placed(Instant at, Money total) {
        return new OrderHalves(new Beginning(at, total), null);
    }

    static OrderHalves ended(Instant at, boolean completed) {
        return new OrderHalves(null, new End(at, completed));
    }

    /** What was known first stays. */
    OrderHalves and(OrderHalves later) {
        return new OrderHalves(beginning != null ? beginning : later.beginning, end != null ? end : later.end);
    }

    boolean isWhole() {
        return beginning != null && end != null;
    }

    Optional<Completion> completion() {
        return beginning != null && end != null && end.completed()
                ? Optional.of(new Completion(
                        end.endedAt(), Duration.between(beginning.placedAt(), end.endedAt()), beginning.total()))
                : Optional.empty();
    }
}
