package io.tidings.payment.eventstore;

import io.tidings.bus.TimeOrderedId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Streams of events of one type. What a stream is follows from what happened to it, and from nothing else: the pattern
 * is <a href="https://martinfowler.com/eaaDev/EventSourcing.html">event sourcing</a>.
 *
 * <p>Two writers of one stream never both succeed from the same version. The times of a stream's events never go back.
 * What a stream has come to is kept beside it, and snapshots are taken of what it was: both only make loading faster, and
 * without them it tells the same.
 *
 * <p>A time is read from the database's clock just before the commit, so what a stream was a moment ago is settled only
 * when the transactions that were under way at that moment have ended.
 *
 * @param <S> what a stream comes to
 * @param <E> what happens to it
 */
public final class EventStore<S, E> {

    private static final Instant BEGINNING_OF_TIME = Instant.EPOCH;
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final StreamType<S, E> type;
    private final EventCodec<S, E> codec;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    public EventStore(StreamType<S, E> type, JdbcClient jdbc, TransactionOperations transactions) {
        this.type = type;
        this.codec = new EventCodec<>(type);
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Adds events to a stream, all or none, within the current transaction if there is one.
     *
     * @param before what this store told of the stream, which must end there; at version 0 it must not exist
     * @return when they were recorded
     * @throws WrongExpectedVersionException if someone else was first
     */
    public Instant append(StreamState<S> before, List<E> events) {
        return Objects.requireNonNull(
                append(List.of(new Append<>(before, events))).get(before.streamId()));
    }

    /**
     * Adds events to different streams, all or none, within the current transaction if there is one. {@linkplain #lock
     * Lock} the streams first: otherwise two such appends can be in each other's way.
     *
     * @return when they were recorded, by stream
     * @throws WrongExpectedVersionException if someone else was first at one of them
     */
    public Map<UUID, Instant> append(Collection<Append<S, E>> appends) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            Map<UUID, Instant> recordedAt = advance(appends);
            insert(appends);
            takeSnapshots(appends.stream()
                    .filter(append -> type.isSnapshotDue(append.expectedVersion(), append.newVersion()))
                    .map(Append::streamId)
                    .toList());
            return recordedAt;
        }));
    }

    /** Check and change in one statement: what has another version is left as it is, and missed in the result. */
    private Map<UUID, Instant> advance(Collection<Append<S, E>> appends) {
        Map<UUID, Instant> advanced = new HashMap<>();
        sql("""
                with append as (
                    select * from unnest(
                            cast(:streams as uuid[]), cast(:expected as bigint[]), cast(:new as bigint[]),
                            cast(cast(:states as text[]) as jsonb[]))
                        as append (stream_id, expected_version, new_version, state)),
                continued as (
                    update $_stream as stream
                    set version = append.new_version, changed_at = greatest(stream.changed_at, clock_timestamp()),
                        state = append.state, state_version = append.new_version
                    from append
                    where stream.stream_id = append.stream_id and stream.version = append.expected_version
                    returning stream.stream_id, stream.changed_at),
                started as (
                    insert into $_stream (stream_id, version, changed_at, state, state_version)
                    select stream_id, new_version, clock_timestamp(), state, new_version from append
                    where expected_version = 0
                    order by stream_id
                    on conflict do nothing
                    returning stream_id, changed_at)
                select * from continued union all select * from started
                """)
                .param("streams", appends.stream().map(Append::streamId).toArray(UUID[]::new))
                .param("expected", appends.stream().map(Append::expectedVersion).toArray(Long[]::new))
                .param("new", appends.stream().map(Append::newVersion).toArray(Long[]::new))
                .param(
                        "states",
                        appends.stream().map(this::after).map(codec::write).toArray(String[]::new))
                .query(row -> {
                    advanced.put(row.getObject("stream_id", UUID.class), instant(row, "changed_at"));
                });
        for (Append<S, E> append : appends) {
            if (!advanced.containsKey(append.streamId())) {
                throw new WrongExpectedVersionException(append.streamId(), append.expectedVersion());
            }
        }
        return advanced;
    }

    private S after(Append<S, E> append) {
        S state = append.before().state();
        for (E event : append.events()) {
            state = type.evolve().apply(state, event);
        }
        return state;
    }

    private void insert(Collection<Append<S, E>> appends) {
        List<UUID> streams = new ArrayList<>();
        List<Long> versions = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        List<String> types = new ArrayList<>();
        List<String> payloads = new ArrayList<>();
        for (Append<S, E> append : appends) {
            long version = append.expectedVersion();
            for (E event : append.events()) {
                streams.add(append.streamId());
                versions.add(++version);
                ids.add(TimeOrderedId.next());
                types.add(codec.nameOf(event));
                payloads.add(codec.write(event));
            }
        }
        sql("""
                insert into $_event (stream_id, version, event_id, type, payload, recorded_at)
                select event.stream_id, event.version, event.event_id, event.type, event.payload, stream.changed_at
                from unnest(
                        cast(:streams as uuid[]), cast(:versions as bigint[]), cast(:ids as uuid[]),
                        cast(:types as text[]), cast(cast(:payloads as text[]) as jsonb[]))
                    as event (stream_id, version, event_id, type, payload)
                join $_stream as stream using (stream_id)
                """)
                .param("streams", streams.toArray(UUID[]::new))
                .param("versions", versions.toArray(Long[]::new))
                .param("ids", ids.toArray(UUID[]::new))
                .param("types", types.toArray(String[]::new))
                .param("payloads", payloads.toArray(String[]::new))
                .update();
    }

    private void takeSnapshots(Collection<UUID> streamIds) {
        if (streamIds.isEmpty()) {
            return;
        }
        sql("""
                insert into $_snapshot (stream_id, version, state, taken_at)
                select stream_id, version, state, changed_at from $_stream
                where stream_id = any (cast(:streams as uuid[]))
                """).param("streams", streamIds.toArray(UUID[]::new)).update();
    }

    /**
     * Loads streams and makes others wait who want to change them, until the current transaction ends. Streams are
     * locked in the order of their ids, so that transactions that each lock once can't be in each other's way.
     *
     * @return each of the streams; at version 0 those that don't exist, which can't be locked
     */
    public Map<UUID, StreamState<S>> lock(Collection<UUID> streamIds) {
        return load(streamIds, "order by stream_id for update");
    }

    /** What a stream has come to. */
    public StreamState<S> load(UUID streamId) {
        return Objects.requireNonNull(load(Set.of(streamId), "").get(streamId));
    }

    /** What stands beside the streams; and of those where that is missing or too old, what their events come to. */
    private Map<UUID, StreamState<S>> load(Collection<UUID> streamIds, String lock) {
        Map<UUID, StreamState<S>> states = initial(streamIds);
        List<UUID> unknown = new ArrayList<>();
        sql("""
                select stream_id, version, changed_at as at, case when state_version = version then state end as json
                from $_stream
                where stream_id = any (cast(:streams as uuid[]))
                """ + lock).param("streams", streamIds.toArray(UUID[]::new)).query(row -> {
            UUID id = row.getObject("stream_id", UUID.class);
            if (row.getString("json") == null) {
                unknown.add(id);
            } else {
                states.put(id, snapshot(id, row));
            }
        });
        if (!unknown.isEmpty()) {
            // Only a statement that begins now is sure to see what the others have done whom the lock has waited for.
            states.putAll(load(unknown, Long.MAX_VALUE, END_OF_TIME));
        }
        return states;
    }

    /** What a stream was at a version, or at its last one if that is smaller. */
    public StreamState<S> load(UUID streamId, long version) {
        return load(streamId, version, END_OF_TIME);
    }

    /** What a stream was at a moment. */
    public StreamState<S> load(UUID streamId, Instant moment) {
        return load(streamId, Long.MAX_VALUE, moment);
    }

    private StreamState<S> load(UUID streamId, long version, Instant moment) {
        return Objects.requireNonNull(load(Set.of(streamId), version, moment).get(streamId));
    }

    /** The newest snapshot of each stream that is not too new, and the events after it. */
    private Map<UUID, StreamState<S>> load(Collection<UUID> streamIds, long version, Instant moment) {
        Map<UUID, StreamState<S>> states = initial(streamIds);
        sql("""
                select step.* from unnest(cast(:streams as uuid[])) as wanted (stream_id)
                left join lateral (
                    select * from $_snapshot as snapshot
                    where snapshot.stream_id = wanted.stream_id
                        and snapshot.version <= :version and snapshot.taken_at <= :moment
                    order by snapshot.version desc limit 1) as newest on true
                cross join lateral (
                    select newest.stream_id, newest.version, null as type, newest.state as json, newest.taken_at as at
                    where newest.version is not null
                    union all
                    select event.stream_id, event.version, event.type, event.payload, event.recorded_at
                    from $_event as event
                    where event.stream_id = wanted.stream_id and event.version > coalesce(newest.version, 0)
                        and event.version <= :version and event.recorded_at <= :moment) as step
                order by step.stream_id, step.version
                """)
                .param("streams", streamIds.toArray(UUID[]::new))
                .param("version", version)
                .param("moment", forDatabase(moment))
                .query(row -> {
                    UUID id = row.getObject("stream_id", UUID.class);
                    states.put(id, step(Objects.requireNonNull(states.get(id)), row));
                });
        return states;
    }

    private Map<UUID, StreamState<S>> initial(Collection<UUID> streamIds) {
        Map<UUID, StreamState<S>> states = new HashMap<>();
        streamIds.forEach(id -> states.put(id, new StreamState<>(id, 0, type.initial(), null)));
        return states;
    }

    private StreamState<S> step(StreamState<S> before, ResultSet row) throws SQLException {
        String eventType = row.getString("type");
        if (eventType == null) {
            return snapshot(before.streamId(), row);
        }
        S state = type.evolve().apply(before.state(), codec.readEvent(eventType, row.getString("json")));
        return new StreamState<>(before.streamId(), row.getLong("version"), state, instant(row, "at"));
    }

    private StreamState<S> snapshot(UUID streamId, ResultSet row) throws SQLException {
        return new StreamState<>(
                streamId, row.getLong("version"), codec.readState(row.getString("json")), instant(row, "at"));
    }

    /** All that happened to a stream. */
    public List<RecordedEvent<E>> read(UUID streamId) {
        return read(streamId, 1, Long.MAX_VALUE, END_OF_TIME, Integer.MAX_VALUE);
    }

    /**
     * What happened to a stream from a version on.
     *
     * @param limit how many events, at most
     */
    public List<RecordedEvent<E>> readFrom(UUID streamId, long version, int limit) {
        return read(streamId, version, Long.MAX_VALUE, END_OF_TIME, limit);
    }

    /** What happened to a stream up to a version, that one included. */
    public List<RecordedEvent<E>> readUpTo(UUID streamId, long version) {
        return read(streamId, 1, version, END_OF_TIME, Integer.MAX_VALUE);
    }

    /** What happened to a stream up to a moment. */
    public List<RecordedEvent<E>> readUpTo(UUID streamId, Instant moment) {
        return read(streamId, 1, Long.MAX_VALUE, moment, Integer.MAX_VALUE);
    }

    private List<RecordedEvent<E>> read(UUID streamId, long from, long to, Instant moment, int limit) {
        return sql("""
                select * from $_event
                where stream_id = :stream and version between :from and :to and recorded_at <= :moment
                order by version limit :limit
                """)
                .param("stream", streamId)
                .param("from", from)
                .param("to", to)
                .param("moment", forDatabase(moment))
                .param("limit", limit)
                .query((row, number) -> recorded(row))
                .list();
    }

    private RecordedEvent<E> recorded(ResultSet row) throws SQLException {
        String eventType = row.getString("type");
        return new RecordedEvent<>(
                row.getObject("stream_id", UUID.class),
                row.getLong("version"),
                row.getObject("event_id", UUID.class),
                eventType,
                codec.readEvent(eventType, row.getString("payload")),
                instant(row, "recorded_at"));
    }

    private JdbcClient.StatementSpec sql(String statement) {
        return jdbc.sql(statement.replace("$", type.name()));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Within the range of the database's times, and not rounded up to the next of them. */
    private static OffsetDateTime forDatabase(Instant moment) {
        Instant inRange = moment.isBefore(BEGINNING_OF_TIME)
                ? BEGINNING_OF_TIME
                : moment.isAfter(END_OF_TIME) ? END_OF_TIME : moment;
        return inRange.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
