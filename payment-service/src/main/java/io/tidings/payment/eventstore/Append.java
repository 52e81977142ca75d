package io.tidings.payment.eventstore;

import java.util.List;
import java.util.UUID;

/**
 * Events that are to be added to a stream.
 *
 * @param expectedVersion where the stream must end before; 0 if it must not exist
 * @param events at least one
 */
public record Append<E>(UUID streamId, long expectedVersion, List<E> events) {

    public Append {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to append to stream %s.".formatted(streamId));
        }
    }

    long newVersion() {
        return expectedVersion + events.size();
    }
}
