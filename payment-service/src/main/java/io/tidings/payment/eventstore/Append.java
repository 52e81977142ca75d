package io.tidings.payment.eventstore;

import java.util.List;
import java.util.UUID;

/**
 * Events that are to be added to a stream.
 *
 * @param before what the store told of the stream, which must end there; at version 0 it must not exist
 * @param events at least one
 */
public record Append<S, E>(StreamState<S> before, List<E> events) {

    public Append {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to append to stream %s.".formatted(before.streamId()));
        }
    }

    UUID streamId() {
        return before.streamId();
    }

    long expectedVersion() {
        return before.version();
    }

    long newVersion() {
        return expectedVersion() + events.size();
    }
}
