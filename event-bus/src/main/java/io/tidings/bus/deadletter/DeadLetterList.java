package io.tidings.bus.deadletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What operators see of dead letters. */
public final class DeadLetterList {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final int MOST_REASONS = 50;

    /** Without what is in them, which may be large. */
    private static final String ENTRY = """
            position, id, state, message_id, topic, key, type, octet_length(payload) as size, parked_at, attempts,
            failed_at, reason, exception, discarded_at, discarded_by, discarded_why, emptied
            """;

    private final NamedParameterJdbcTemplate jdbc;

    public DeadLetterList(JdbcTemplate jdbc) {
        this.jdbc = new NamedParameterJdbcTemplate(jdbc);
    }

    /** The next ones by age, after a position. */
    public List<DeadLetterEntry> find(DeadLetterFilter filter, long after, int limit) {
        return jdbc.query(
                """
                select %s from dead_letter
                where position > :after and state in (:states)
                  and (:topic::text is null or topic = :topic)
                  and (:key::text is null or key = :key)
                  and (:type::text is null or :type in (type, regexp_replace(type, '^.*\\.([^.]+)\\.v[0-9]+$', '\\1')))
                  and (:reason::text is null or strpos(lower(reason), lower(:reason)) > 0)
                order by position limit :limit
                """.formatted(ENTRY),
                new MapSqlParameterSource()
                        .addValue("after", after)
                        .addValue(
                                "states",
                                filter.states().stream().map(Enum::name).toList())
                        .addValue("topic", filter.topic())
                        .addValue("key", filter.key())
                        .addValue("type", filter.type())
                        .addValue("reason", filter.reason())
                        .addValue("limit", limit),
                DeadLetterList::entry);
    }

    /** One of them, whatever became of it; empty if there is none, such as after it was redriven. */
    public Optional<DeadLetterEntry> find(UUID id) {
        return jdbc
                .query(
                        "select %s from dead_letter where id = :id".formatted(ENTRY),
                        Map.of("id", id),
                        DeadLetterList::entry)
                .stream()
                .findFirst();
    }

    /** What is in it. */
    public Optional<DeadLetterContent> contentOf(UUID id) {
        return jdbc
                .query(
                        """
                        select headers, payload, stack,
                               (select count(*) from dead_letter other
                                where other.key_id = letter.key_id and other.state <> 'DISCARDED'
                                  and other.position < letter.position and letter.state <> 'DISCARDED') as ahead,
                               (select count(*) from dead_letter other
                                where other.key_id = letter.key_id and other.state <> 'DISCARDED'
                                  and other.position > letter.position and letter.state <> 'DISCARDED') as behind
                        from dead_letter letter where id = :id
                        """,
                        Map.of("id", id),
                        (row, number) -> new DeadLetterContent(
                                MAPPER.readValue(row.getString("headers"), HEADERS),
                                row.getBytes("payload"),
                                row.getString("stack"),
                                row.getLong("ahead"),
                                row.getLong("behind")))
                .stream()
                .findFirst();
    }

    /** How many there are, and why. */
    public DeadLetterCounts counts() {
        List<DeadLetterCounts.Reason> reasons = jdbc.query(
                """
                select type, exception, reason, count(*) from dead_letter where state = 'FAILED'
                group by type, exception, reason order by count(*) desc, type, exception, reason limit :limit
                """,
                Map.of("limit", MOST_REASONS),
                (row, number) -> new DeadLetterCounts.Reason(
                        row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
        return jdbc.queryForObject(
                """
                select count(*) filter (where state = 'FAILED'), count(*) filter (where state = 'WAITING'),
                       count(*) filter (where state = 'DISCARDED'), (select count(*) from parked_key)
                from dead_letter
                """,
                Map.of(),
                (row, number) ->
                        new DeadLetterCounts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), reasons));
    }

    private static DeadLetterEntry entry(ResultSet row, int number) throws SQLException {
        Instant failedAt = instant(row.getTimestamp("failed_at"));
        Instant discardedAt = instant(row.getTimestamp("discarded_at"));
        return new DeadLetterEntry(
                row.getLong("position"),
                row.getObject("id", UUID.class),
                DeadLetterState.valueOf(row.getString("state")),
                row.getObject("message_id", UUID.class),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                row.getLong("size"),
                row.getTimestamp("parked_at").toInstant(),
                row.getInt("attempts"),
                failedAt == null
                        ? null
                        : new DeadLetterEntry.Failure(failedAt, row.getString("reason"), row.getString("exception")),
                discardedAt == null
                        ? null
                        : new DeadLetterEntry.Discarded(
                                discardedAt,
                                row.getString("discarded_by"),
                                row.getString("discarded_why"),
                                row.getBoolean("emptied")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
