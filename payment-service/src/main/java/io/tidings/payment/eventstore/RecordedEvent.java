package io.tidings.payment.eventstore;

import java.time.Instant;
import java.util.UUID;

/**
 * An event in its place.
 *
 * @param version its number in the stream, from 1
 * @param id of the event itself
 * @param type its name, as the stream's type has it
 * @param recordedAt never before that of an earlier event of the stream
 */
public record RecordedEvent<E>(UUID streamId, long version, UUID id, String type, E event, Instant recordedAt) {}
