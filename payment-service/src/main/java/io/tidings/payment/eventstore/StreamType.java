package io.tidings.payment.eventstore;

import java.util.Map;
import java.util.function.BiFunction;

/**
 * What streams of one kind have in common.
 *
 * @param name of their tables: {@code wallet} has {@code wallet_stream}, {@code wallet_event}, {@code wallet_snapshot}
 * @param initial the state of a stream without events
 * @param stateClass of the state of a stream with events, as it is kept beside the stream and in snapshots
 * @param evolve what an event makes of a state
 * @param eventTypes what the events are called in the table; the names outlive the classes
 * @param snapshotEvery events between two snapshots
 * @param <S> what a stream comes to
 * @param <E> what happens to it
 */
public record StreamType<S, E>(
        String name,
        S initial,
        Class<? extends S> stateClass,
        BiFunction<S, E, S> evolve,
        Map<String, Class<? extends E>> eventTypes,
        int snapshotEvery) {

    public StreamType {
        eventTypes = Map.copyOf(eventTypes);
        if (!name.matches("[a-z_]+") || snapshotEvery < 1) {
            throw new IllegalArgumentException(
                    "A type of streams needs a name of lower-case letters and at least 1 event to a snapshot: '%s', %d."
                            .formatted(name, snapshotEvery));
        }
    }

    /** Whether a snapshot is due when a stream gets from one version to another. */
    boolean isSnapshotDue(long from, long to) {
        return from / snapshotEvery < to / snapshotEvery;
    }
}
