package io.tidings.audit.domain;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Every message that was ever told. It only grows. */
@Repository
public class AuditTrail {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> ANNOTATIONS = new TypeReference<>() {};

    private static final int INDEXED_LENGTH = 200;

    /** A page of the largest messages would not fit into memory. */
    private static final int LONGEST_PAGE_IN_BYTES = 2_097_152;

    private final JdbcTemplate jdbc;
    private final JdbcClient client;

    AuditTrail(JdbcTemplate jdbc, JdbcClient client) {
        this.jdbc = jdbc;
        this.client = client;
    }

    /** Keeps the messages, with one statement; returns, in their order, those that were not kept before. */
    public List<AuditEvent> append(List<AuditEvent> events) {
        Set<UUID> kept = new HashSet<>(insert(events));
        return events.stream().filter(event -> kept.contains(event.eventId())).toList();
    }

    private List<UUID> insert(List<AuditEvent> events) {
        return jdbc.query(
                """
                insert into audit_event (event_id, topic, key, type, name, source, correlation_id, causation_id,
                    traceparent, occurred_at, recorded_at, annotations, payload)
                select event_id, topic, key, type, name, source, correlation_id, causation_id,
                    traceparent, occurred_at, recorded_at, annotations::jsonb, payload
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::bytea[])
                    with ordinality as event (event_id, topic, key, type, name, source, correlation_id, causation_id,
                        traceparent, occurred_at, recorded_at, annotations, payload, position)
                order by position
                on conflict (event_id) do nothing
                returning event_id
                """,
                (PreparedStatement statement) -> {
                    bind(statement, 1, "uuid", events, AuditEvent::eventId);
                    bind(statement, 2, "text", events, AuditEvent::topic);
                    bind(statement, 3, "text", events, AuditEvent::key);
                    bind(statement, 4, "text", events, AuditEvent::type);
                    bind(statement, 5, "text", events, AuditEvent::name);
                    bind(statement, 6, "text", events, AuditEvent::source);
                    bind(statement, 7, "text", events, AuditEvent::correlationId);
                    bind(statement, 8, "text", events, AuditEvent::causationId);
                    bind(statement, 9, "text", events, AuditEvent::traceparent);
                    bind(statement, 10, "timestamptz", events, AuditEvent::occurredAt);
                    bind(statement, 11, "timestamptz", events, AuditEvent::recordedAt);
                    bind(statement, 12, "text", events, event -> MAPPER.writeValueAsString(event.annotations()));
                    statement.setArray(
                            13,
                            statement
                                    .getConnection()
                                    .createArrayOf(
                                            "bytea",
                                            events.stream()
                                                    .map(AuditEvent::payload)
                                                    .toArray(byte[][]::new)));
                },
                (row, number) -> row.getObject("event_id", UUID.class));
    }

    private static void bind(
            PreparedStatement statement,
            int parameter,
            String type,
            List<AuditEvent> events,
            Function<AuditEvent, @Nullable Object> column)
            throws SQLException {
        statement.setArray(
                parameter,
                statement
                        .getConnection()
                        .createArrayOf(type, events.stream().map(column).toArray()));
    }

    /**
     * The messages that pass the filter, ordered by their ids; which is the order of their time, to the millisecond,
     * where the ids are UUIDv7.
     *
     * @param after messages after this one; null for the first
     * @param limit at most; there are fewer on a page if they are very long
     */
    public EventPage find(EventFilter filter, @Nullable UUID after, int limit) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        String sql = """
                select * from (
                    select *, count(*) over () as found,
                        sum(octet_length(payload)) over (order by event_id) - octet_length(payload) as bytes_before
                    from (select * from audit_event where %s order by event_id limit :oneMore) matching) page
                where bytes_before < :bytes
                order by event_id limit :limit
                """.formatted(conditions(filter, after, parameters));
        parameters.put("oneMore", limit + 1);
        parameters.put("limit", limit);
        parameters.put("bytes", LONGEST_PAGE_IN_BYTES);
        List<FoundEvent> found = client.sql(sql)
                .params(parameters)
                .query((row, number) -> new FoundEvent(event(row), row.getInt("found")))
                .list();
        return new EventPage(
                found.stream().map(FoundEvent::event).toList(),
                found.isEmpty() || found.size() == found.getFirst().found());
    }

    /** @param found how many messages there are from this page's first one on, up to one more than its limit */
    private record FoundEvent(AuditEvent event, int found) {}

    private static String conditions(
            EventFilter filter, @Nullable UUID after, Map<String, @Nullable Object> parameters) {
        StringBuilder conditions = new StringBuilder("true");
        addEqual(conditions, parameters, filter.isName() ? "name" : "type", filter.type());
        addEqual(conditions, parameters, "key", filter.key());
        addEqual(conditions, parameters, "correlation_id", filter.correlationId());
        if (filter.from() != null) {
            conditions.append(" and occurred_at >= :from");
            parameters.put("from", filter.from().atOffset(ZoneOffset.UTC));
        }
        if (filter.to() != null) {
            conditions.append(" and occurred_at < :to");
            parameters.put("to", filter.to().atOffset(ZoneOffset.UTC));
        }
        if (after != null) {
            conditions.append(" and event_id > :after");
            parameters.put("after", after);
        }
        return conditions.toString();
    }

    /** The indexes have the beginnings of texts. Short ones need no second look, which would mislead the planner. */
    private static void addEqual(
            StringBuilder conditions, Map<String, @Nullable Object> parameters, String column, @Nullable String text) {
        if (text == null) {
            return;
        }
        conditions.append(" and left(%1$s, %2$d) = left(:%1$s, %2$d)".formatted(column, INDEXED_LENGTH));
        if (text.length() >= INDEXED_LENGTH) {
            conditions.append(" and %1$s = :%1$s".formatted(column));
        }
        parameters.put(column, text);
    }

    private static AuditEvent event(ResultSet row) throws SQLException {
        return new AuditEvent(
                row.getObject("event_id", UUID.class),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                row.getString("source"),
                row.getString("correlation_id"),
                row.getString("causation_id"),
                row.getString("traceparent"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                MAPPER.readValue(row.getString("annotations"), ANNOTATIONS),
                row.getBytes("payload"));
    }
}
