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
import java.util.LinkedHashMap;
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
 * Snapshots only make loading faster: without them it tells the same.
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
     * @param expectedVersion where the stream must end before; 0 if it must not exist
     * @return when they were recorded
     * @throws WrongExpectedVersionException if someone else was first
     */
    public Instant append(UUID streamId, long expectedVersion, List<E> events) {
        return Objects.requireNonNull(
                append(List.of(new Append<>(streamId, expectedVersion, events))).get(streamId));
    }

    /**
     * Adds events to different streams, all or none, within the current transaction if there is one. {@linkplain #lock
     * Lock} the streams first: otherwise two such appends can be in each other's way.
     *
     * @return when they were recorded, by stream
     * @throws WrongExpectedVersionException if someone else was first at one of them
     */
    public Map<UUID, Instant> append(Collection<Append<E>> appends) {
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
    private Map<UUID, Instant> advance(Collection<Append<E>> appends) {
        Map<UUID, Instant> advanced = new HashMap<>();
        sql("""
                with append as (
                    select * from unnest(cast(:streams as uuid[]), cast(:expected as bigint[]), cast(:new as bigint[]))
                        as append (stream_id, expected_version, new_version)),
                continued as (
                    update $_stream as stream
                    set version = append.new_version, changed_at = greatest(stream.changed_at, clock_timestamp())
                    from append
                    where stream.stream_id = append.stream_id and stream.version = append.expected_version
                    returning stream.stream_id, stream.changed_at),
                started as (
                    insert into $_stream (stream_id, version, changed_at)
                    select stream_id, new_version, clock_timestamp() from append
                    where expected_version = 0
                    order by stream_id
                    on conflict do nothing
                    returning stream_id, changed_at)
                select * from continued union all select * from started
                """)
                .param("streams", appends.stream().map(Append::streamId).toArray(UUID[]::new))
                .param("expected", appends.stream().map(Append::expectedVersion).toArray(Long[]::new))
                .param("new", appends.stream().map(Append::newVersion).toArray(Long[]::new))
                .query(row -> {
                    advanced.put(row.getObject("stream_id", UUID.class), instant(row, "changed_at"));
                });
        for (Append<E> append : appends) {
            if (!advanced.containsKey(append.streamId())) {
                throw new WrongExpectedVersionException(append.streamId(), append.expectedVersion());
            }
        }
        return advanced;
    }

    private void insert(Collection<Append<E>> appends) {
        List<UUID> streams = new ArrayList<>();
        List<Long> versions = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        List<String> types = new ArrayList<>();
        List<String> payloads = new ArrayList<>();
        for (Append<E> append : appends) {
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
        Collection<StreamState<S>> states =
                load(streamIds, Long.MAX_VALUE, END_OF_TIME).values();
        sql("""
                insert into $_snapshot (stream_id, version, state, taken_at)
                select stream.stream_id, stream.version, snapshot.state, stream.changed_at
                from unnest(cast(:streams as uuid[]), cast(cast(:states as text[]) as jsonb[]))
                    as snapshot (stream_id, state)
                join $_stream as stream using (stream_id)
                """)
                .param("streams", states.stream().map(StreamState::streamId).toArray(UUID[]::new))
                .param(
                        "states",
                        states.stream().map(state -> codec.write(state.state())).toArray(String[]::new))
                .update();
    }

    /**
     * Loads streams and makes others wait who want to change them, until the current transaction ends. Streams are
     * locked in the order of their ids, so that transactions that each lock once can't be in each other's way.
     *
     * @return each of the streams; at version 0 those that don't exist, which can't be locked
     */
    public Map<UUID, StreamState<S>> lock(Collection<UUID> streamIds) {
        sql("""
                select stream_id from $_stream
                where stream_id = any (cast(:streams as uuid[]))
                order by stream_id
                for update
                """)
                .param("streams", streamIds.toArray(UUID[]::new))
                .query(UUID.class)
                .list();
        // Only a statement that begins now is sure to see what the others have done whom the lock has waited for.
        return load(streamIds, Long.MAX_VALUE, END_OF_TIME);
    }

    /** What a stream has come to. */
    public StreamState<S> load(UUID streamId) {
        return load(streamId, Long.MAX_VALUE, END_OF_TIME);
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
        Map<UUID, StreamState<S>> states = new LinkedHashMap<>();
        streamIds.forEach(id -> states.put(id, new StreamState<>(id, 0, type.initial(), null)));
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

    private StreamState<S> step(StreamState<S> before, ResultSet row) throws SQLException {
        String eventType = row.getString("type");
        String json = row.getString("json");
        S state = eventType == null
                ? codec.readState(json)
                : type.evolve().apply(before.state(), codec.readEvent(eventType, json));
        return new StreamState<>(before.streamId(), row.getLong("version"), state, instant(row, "at"));
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
