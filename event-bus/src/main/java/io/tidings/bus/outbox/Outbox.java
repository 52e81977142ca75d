package io.tidings.bus.outbox;

import io.tidings.bus.Columns;
import io.tidings.bus.message.Envelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of messages that were published and are not yet acknowledged by the broker. */
public final class Outbox {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> ANNOTATIONS = new TypeReference<>() {};

    /** An envelope, as its constructor has it. */
    private static final String COLUMNS =
            "event_id, topic, key, type, source, time, correlation_id, causation_id, traceparent, annotations, payload";

    private static final String INSERT_ONE =
            "insert into outbox (%s) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)".formatted(COLUMNS);

    private static final String INSERT_ALL = """
            insert into outbox (%1$s)
            select %1$s
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[],
                    ?::text[], ?::text[], ?::bytea[])
                 with ordinality as message (%1$s, position)
            order by position
            """.formatted(COLUMNS);

    /** A batch of large messages is shorter than one of small ones, but has at least one. */
    static final int BYTES_AT_ONCE = 4 << 20;

    private static final String READ = """
            select id, %1$s
            from (select id, %1$s,
                         sum(octet_length(payload)) over (order by id rows between unbounded preceding and 1 preceding)
                             as bytes_before
                  from outbox where key <> all (?::text[]) order by id limit ?) as oldest
            where bytes_before is null or bytes_before < %2$d
            order by id
            """.formatted(COLUMNS, BYTES_AT_ONCE);

    private static final String REMOVE = "delete from outbox where id = any (?::bigint[])";

    /**
     * Two statements in one round trip, of which the second sees what the transaction before has left behind. The commit
     * of this transaction need not wait for the disk: should the server crash and forget that messages were removed, they
     * are sent again, as after a crash of the relay. A host that vanished without closing its connection holds the lock for
     * minutes, not for the hours that it takes TCP to notice. And the outbox is read by its index, and not as a whole with
     * all that was removed and is not cleaned up yet: PostgreSQL would prefer that, since it plans by what it last counted,
     * and an outbox is mostly empty. As it grows by what is removed, the plan that was made at first would seem too dear to
     * keep, and each look be planned anew, to the same end.
     */
    private static final String OLDEST = """
            select set_config('synchronous_commit', 'off', true),
                   set_config('idle_in_transaction_session_timeout', '5min', true),
                   set_config('enable_seqscan', 'off', true),
                   set_config('plan_cache_mode', 'force_generic_plan', true)
            from outbox_relay for update;
            """ + READ;

    /** Two statements in one round trip again. */
    private static final String REMOVE_AND_READ_ON = REMOVE + ";\n" + READ;

    private final JdbcTemplate jdbc;

    public Outbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes the messages in their order, with one statement, which the transaction's {@link LastStatement} may be. */
    void add(List<Envelope> messages) {
        if (messages.size() == 1) {
            addOne(messages.getFirst());
        } else {
            addAll(messages);
        }
    }

    /** Most transactions publish one message: for it, unpacking arrays costs more than the row. */
    private void addOne(Envelope message) {
        writeLast(INSERT_ONE, statement -> {
            statement.setObject(1, message.id());
            statement.setString(2, message.topic());
            statement.setString(3, message.key());
            statement.setString(4, message.type());
            statement.setString(5, message.source());
            statement.setObject(6, timeOf(message));
            statement.setString(7, message.correlationId());
            statement.setString(8, message.causationId());
            statement.setString(9, message.traceparent());
            statement.setString(10, annotationsOf(message));
            statement.setBytes(11, message.payload());
        });
    }

    private void addAll(List<Envelope> messages) {
        writeLast(INSERT_ALL, statement -> {
            Columns<Envelope> columns = new Columns<>(statement, messages);
            columns.bind(1, "uuid", Envelope::id);
            columns.bind(2, "text", Envelope::topic);
            columns.bind(3, "text", Envelope::key);
            columns.bind(4, "text", Envelope::type);
            columns.bind(5, "text", Envelope::source);
            columns.bind(6, "timestamptz", Envelope::time);
            columns.bind(7, "text", Envelope::correlationId);
            columns.bind(8, "text", Envelope::causationId);
            columns.bind(9, "text", Envelope::traceparent);
            columns.bind(10, "text", Outbox::annotationsOf);
            columns.bind(11, "bytea", Envelope::payload);
        });
    }

    private static OffsetDateTime timeOf(Envelope message) {
        return message.time().atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String annotationsOf(Envelope message) {
        return message.annotations().isEmpty() ? null : MAPPER.writeValueAsString(message.annotations());
    }

    private static Map<String, String> annotationsIn(@Nullable String annotations) {
        return annotations == null ? Map.of() : MAPPER.readValue(annotations, ANNOTATIONS);
    }

    /**
     * The oldest messages, in the order of their publication, but none of the keys that are held back. Makes this
     * transaction the only one that relays, and one whose commit may be forgotten by a crash of the server; waits for one
     * that relays already.
     */
    List<OutboxMessage> oldest(int limit, Collection<String> heldKeys) {
        return Objects.requireNonNull(jdbc.execute(OLDEST, (PreparedStatement statement) -> {
            new Columns<>(statement, heldKeys).bind(1, "text", key -> key);
            statement.setInt(2, limit);
            return messagesAfterTheFirstResult(statement);
        }));
    }

    /** Removes messages that the broker acknowledged, and reads on as {@link #oldest}, whose transaction it must be in. */
    List<OutboxMessage> removeAndReadOn(Collection<Long> acknowledged, int limit, Collection<String> heldKeys) {
        return Objects.requireNonNull(jdbc.execute(REMOVE_AND_READ_ON, (PreparedStatement statement) -> {
            statement.setObject(1, acknowledged.toArray(Long[]::new));
            new Columns<>(statement, heldKeys).bind(2, "text", key -> key);
            statement.setInt(3, limit);
            return messagesAfterTheFirstResult(statement);
        }));
    }

    private static List<OutboxMessage> messagesAfterTheFirstResult(PreparedStatement statement) throws SQLException {
        statement.execute();
        statement.getMoreResults();
        List<OutboxMessage> messages = new ArrayList<>();
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                messages.add(new OutboxMessage(rows.getLong("id"), envelopeIn(rows)));
            }
        }
        return messages;
    }

    private static Envelope envelopeIn(ResultSet row) throws SQLException {
        return new Envelope(
                row.getObject("event_id", UUID.class),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                row.getString("source"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("correlation_id"),
                row.getString("causation_id"),
                row.getString("traceparent"),
                annotationsIn(row.getString("annotations")),
                row.getBytes("payload"));
    }

    /** Removes messages that the broker acknowledged, by what the transaction's {@link LastStatement} may be. */
    void remove(Collection<Long> ids) {
        writeLast(REMOVE, statement -> statement.setObject(1, ids.toArray(Long[]::new)));
    }

    /** Together with the commit, if the data source is an {@link OutboxDataSource}, and at once if not. */
    private void writeLast(String statement, PreparedStatementSetter parameters) {
        boolean kept =
                Boolean.TRUE.equals(jdbc.execute((Connection connection) -> connection.isWrapperFor(LastStatement.class)
                        && connection.unwrap(LastStatement.class).keep(statement, parameters)));
        if (!kept) {
            jdbc.update(statement, parameters);
        }
    }

    /**
     * How many removed messages are still in the table and its index, where each look passes over them. By PostgreSQL's own
     * count, which is about a second late. None while more than that wait: what is in the way of so many is small.
     */
    long remains() {
        return requireNumber("""
                select case when removed >= waiting then removed else 0 end
                from (select pg_stat_get_dead_tuples(id) as removed, pg_stat_get_live_tuples(id) as waiting
                      from cast('outbox'::regclass as oid) as id) as counted
                """);
    }

    /**
     * Frees the place of removed messages, as autovacuum does. Passed over if that is at work already, or if this role
     * neither owns the table nor may maintain it. Not within a transaction.
     */
    void cleanUp() {
        jdbc.execute((Connection connection) -> {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true); // a pool may have it otherwise, and a vacuum bears no transaction around it
            try (Statement statement = connection.createStatement()) {
                return statement.execute("vacuum (skip_locked, truncate off) outbox");
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        });
    }

    /** Notes which messages the broker refused, so that whoever asks any instance of the service sees them. */
    void refused(Map<Long, Exception> refusals) {
        jdbc.batchUpdate(
                """
                update outbox set refused_at = coalesce(refused_at, clock_timestamp()), refusals = refusals + 1,
                                  refusal = ?
                where id = ?
                """,
                refusals.entrySet().stream()
                        .map(refusal -> new Object[] {refusal.getValue().toString(), refusal.getKey()})
                        .toList());
    }

    /**
     * The next messages that the broker refused, after a place in the outbox. Each holds its key back. What waits behind
     * them is counted in one pass over the outbox, which may be large just then, and has no index by key.
     */
    public List<RefusedMessage> refused(long after, int limit) {
        return jdbc.query(
                """
                with page as materialized (
                    select id, event_id, topic, key, type, octet_length(payload) as size, created_at,
                           refused_at, refusals, refusal
                    from outbox where refused_at is not null and id > ?
                    order by id limit ?),
                followed as (
                    select page.id, count(*) as behind
                    from page join outbox later on later.key = page.key and later.id > page.id
                    group by page.id)
                select page.*, coalesce(behind, 0) as behind
                from page left join followed using (id)
                order by id
                """,
                (row, number) -> new RefusedMessage(
                        row.getLong("id"),
                        row.getObject("event_id", UUID.class),
                        row.getString("topic"),
                        row.getString("key"),
                        row.getString("type"),
                        row.getLong("size"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("refused_at").toInstant(),
                        row.getInt("refusals"),
                        row.getString("refusal"),
                        row.getLong("behind")),
                after,
                limit);
    }

    /**
     * How much waits, in one query.
     *
     * @param messages counted no further than the limit, so that asking stays cheap
     * @param oldest how long the first of them has waited; zero if none does
     * @param heldKeys keys that are held back, because the broker refused one of their messages
     */
    public record Extent(long messages, Duration oldest, List<String> heldKeys) {}

    public Extent extent(int limit) {
        return Objects.requireNonNull(jdbc.queryForObject(
                """
                select (select count(*) from (select 1 from outbox limit ?) waiting),
                       coalesce((select extract(epoch from clock_timestamp() - created_at)
                                 from outbox order by id limit 1), 0),
                       array(select distinct key from outbox where refused_at is not null order by key limit ?)
                """,
                (row, number) -> new Extent(
                        row.getLong(1), Duration.ofMillis((long) (row.getDouble(2) * 1000)), List.of((String[])
                                row.getArray(3).getArray())),
                limit,
                limit));
    }

    /**
     * Of these keys, those of which a message has not left yet: nobody can have answered it. The outbox has no index by key
     * and is looked through once, so it is to be asked of many keys at a time, and seldom.
     */
    public Set<String> unsent(Collection<String> keys) {
        return Set.copyOf(
                jdbc.queryForList("select distinct key from outbox where key = any (?)", String.class, (Object)
                        keys.toArray(String[]::new)));
    }

    /** How many messages wait; counts no further than the limit, so that asking stays cheap. */
    public long count(int limit) {
        return requireNumber("select count(*) from (select 1 from outbox limit %d) waiting".formatted(limit));
    }

    private long requireNumber(String query) {
        Long number = jdbc.queryForObject(query, Long.class);
        return number == null ? 0 : number;
    }
}
