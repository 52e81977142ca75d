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
            bind(
                    statement,
                    5,
                    "text",
                    messages,
                    message -> MAPPER.writeValueAsString(CloudEventHeaders.write(message)));
            statement.setArray(
                    6,
                    statement
                            .getConnection()
                            .createArrayOf(
                                    "bytea",
                                    messages.stream().map(Envelope::payload).toArray(byte[][]::new)));
        });
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

    /** How many messages wait; counts no further than the limit, so that asking stays cheap. */
    public long count(int limit) {
        return requireNumber("select count(*) from (select 1 from outbox limit %d) waiting".formatted(limit));
    }

    /** How long the oldest message has waited; zero if none does. */
    public Duration age() {
        return Duration.ofMillis(requireNumber("""
                select coalesce((extract(epoch from clock_timestamp() - created_at) * 1000)::bigint, 0)
                from (select created_at from outbox order by id limit 1) oldest
                union all select 0 limit 1
                """));
    }

    private long requireNumber(String query) {
        Long number = jdbc.queryForObject(query, Long.class);
        return number == null ? 0 : number;
    }
}
