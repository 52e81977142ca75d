package io.tidings.bus.outbox;

import io.tidings.bus.message.CloudEventHeaders;
import io.tidings.bus.message.Envelope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of messages that were published and are not yet acknowledged by the broker. */
public final class Outbox {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final JdbcTemplate jdbc;

    public Outbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes the messages in their order, with one statement. */
    void add(List<Envelope> messages) {
        if (messages.size() == 1) {
            addOne(messages.getFirst());
        } else {
            addAll(messages);
        }
    }

    /** Most transactions publish one message: for it, unpacking arrays costs more than the row. */
    private void addOne(Envelope message) {
        jdbc.update(
                "insert into outbox (event_id, topic, key, type, headers, payload) values (?, ?, ?, ?, ?, ?)",
                message.id(),
                message.topic(),
                message.key(),
                message.type(),
                headersOf(message),
                message.payload());
    }

    private void addAll(List<Envelope> messages) {
        jdbc.update("""
                insert into outbox (event_id, topic, key, type, headers, payload)
                select event_id, topic, key, type, headers, payload
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
                     with ordinality as message (event_id, topic, key, type, headers, payload, position)
                order by position
                """, (PreparedStatement statement) -> {
            bind(statement, 1, "uuid", messages, Envelope::id);
            bind(statement, 2, "text", messages, Envelope::topic);
            bind(statement, 3, "text", messages, Envelope::key);
            bind(statement, 4, "text", messages, Envelope::type);
            bind(statement, 5, "text", messages, Outbox::headersOf);
            statement.setArray(
                    6,
                    statement
                            .getConnection()
                            .createArrayOf(
                                    "bytea",
                                    messages.stream().map(Envelope::payload).toArray(byte[][]::new)));
        });
    }

    private static String headersOf(Envelope message) {
        return MAPPER.writeValueAsString(CloudEventHeaders.write(message));
    }

    private static void bind(
            PreparedStatement statement,
            int parameter,
            String type,
            List<Envelope> messages,
            Function<Envelope, Object> column)
            throws SQLException {
        statement.setArray(
                parameter,
                statement
                        .getConnection()
                        .createArrayOf(type, messages.stream().map(column).toArray()));
    }

    /** Makes this transaction the only one that relays; waits for one that does so already. */
    void lock() {
        jdbc.query("select 1 from outbox_relay for update", (ResultSet row) -> {});
    }

    /** The oldest messages, in the order of their publication, but none of the keys that are held back. */
    List<OutboxMessage> oldest(int limit, Collection<String> heldKeys) {
        return jdbc.query(
                """
                select id, topic, key, headers, payload from outbox
                where key <> all (?::text[])
                order by id limit ?
                """,
                (row, number) -> new OutboxMessage(
                        row.getLong("id"),
                        row.getString("topic"),
                        row.getString("key"),
                        MAPPER.readValue(row.getString("headers"), HEADERS),
                        row.getBytes("payload")),
                heldKeys.toArray(String[]::new),
                limit);
    }

    /** Removes messages that the broker acknowledged. */
    void remove(Collection<Long> ids) {
        jdbc.update("delete from outbox where id = any (?::bigint[])", (Object) ids.toArray(Long[]::new));
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

    /** The next messages that the broker refused, after a place in the outbox. Each holds its key back. */
    public List<RefusedMessage> refused(long after, int limit) {
        return jdbc.query(
                """
                select id, event_id, topic, key, type, octet_length(payload) as size, created_at,
                       refused_at, refusals, refusal,
                       (select count(*) from outbox later where later.key = outbox.key and later.id > outbox.id) as behind
                from outbox where refused_at is not null and id > ?
                order by id limit ?
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

    /** How many messages wait; counts no further than the limit, so that asking stays cheap. */
    public long count(int limit) {
        return requireNumber("select count(*) from (select 1 from outbox limit %d) waiting".formatted(limit));
    }

    private long requireNumber(String query) {
        Long number = jdbc.queryForObject(query, Long.class);
        return number == null ? 0 : number;
    }
}
