package io.tidings.audit.domain.flow;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All flows there were. */
@Repository
public class Flows {

    /** Of a flow to which a caller adds for ever, the first messages are shown. */
    private static final int MOST_MESSAGES = 2_000;

    private static final int MOST_RELATED = 20;

    private static final String ANY = "flow";

    /**
     * Flows with something open. The way to them is not left to the planner, which would look through the newest flows
     * until it has found enough, or through all of them: "offset 0" keeps the two queries apart, so that the few that
     * are open come first, and each is looked up by its id.
     */
    private static final String OPEN = """
            (
                select correlation_id, bool_or(begun_at <= :stalledSince) as stalled from undertaking
                where open and correlation_id is not null group by correlation_id offset 0) opened
            cross join lateral (
                select * from flow where flow.correlation_id = opened.correlation_id offset 0) flow
            """;

    private final JdbcClient jdbc;
    private final FlowProperties properties;

    Flows(JdbcClient jdbc, FlowProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** @param id a flow's own, or the key of one of its messages, such as an order's id: then it is the first with that key */
    public Optional<FlowView> find(String id) {
        return summary(id).or(() -> flowOf(id).flatMap(this::summary)).map(this::view);
    }

    private Optional<String> flowOf(String key) {
        return jdbc.sql("""
                        select correlation_id from audit_event where left(key, 200) = :key and topic not like '%.dlt'
                        order by event_id limit 1
                        """).param("key", key).query(String.class).optional();
    }

    private FlowView view(FlowSummary summary) {
        List<FlowMessage> messages = messagesOf(summary.correlationId());
        return new FlowView(
                summary,
                CauseTree.of(messages.stream().limit(MOST_MESSAGES).toList()),
                messages.size() <= MOST_MESSAGES,
                relatedTo(summary));
    }

    private List<FlowMessage> messagesOf(String correlationId) {
        return jdbc.sql("""
                        select event_id, topic, key, type, source, causation_id, traceparent, occurred_at from audit_event
                        where left(correlation_id, 200) = :correlationId order by event_id limit :limit
                        """)
                .param("correlationId", correlationId)
                .param("limit", MOST_MESSAGES + 1)
                .query((row, number) -> new FlowMessage(
                        row.getObject("event_id", UUID.class),
                        row.getString("topic"),
                        row.getString("key"),
                        row.getString("type"),
                        FlowMessage.serviceOf(row.getString("source")),
                        row.getString("causation_id"),
                        row.getString("traceparent"),
                        instant(row, "occurred_at")))
                .list();
    }

    private List<String> relatedTo(FlowSummary summary) {
        if (summary.undertakings().isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select correlation_id from audit_event
                        where left(key, 200) in (:keys) and correlation_id <> :correlationId
                        group by correlation_id order by min(occurred_at) limit :limit
                        """)
                .param(
                        "keys",
                        summary.undertakings().stream()
                                .map(Undertaking::key)
                                .limit(MOST_RELATED)
                                .toList())
                .param("correlationId", summary.correlationId())
                .param("limit", MOST_RELATED)
                .query(String.class)
                .list();
    }

    private Optional<FlowSummary> summary(String correlationId) {
        return summaries(ANY + " where correlation_id = :id", Map.of("id", correlationId)).stream()
                .findFirst();
    }

    /**
     * Flows, the newest first.
     *
     * @param state null for all
     * @param before flows that began before this one, given by its first message; null for the newest
     */
    public FlowPage list(@Nullable FlowState state, @Nullable UUID before, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("limit", limit + 1);
        parameters.put("stalledSince", stalledSince().atOffset(ZoneOffset.UTC));
        String flows = state == null ? ANY + " where true" : flowsThatAre(state);
        if (before != null) {
            flows += " and first_event_id < :before";
            parameters.put("before", before);
        }
        List<FlowSummary> found = summaries(flows + " order by first_event_id desc limit :limit", parameters);
        return new FlowPage(found.stream().limit(limit).toList(), found.size() <= limit);
    }

    /** What is not done is found from the few that are open; what is done is nearly everything. */
    private static String flowsThatAre(FlowState state) {
        return switch (state) {
            case STALLED -> OPEN + " where stalled";
            case RUNNING -> OPEN + " where not stalled";
            case DONE -> ANY + """
                 where not exists (
                    select from undertaking where undertaking.correlation_id = flow.correlation_id and open)
                """;
        };
    }

    private List<FlowSummary> summaries(String flows, Map<String, ?> parameters) {
        List<Row> rows = jdbc.sql("select flow.* from " + flows)
                .params(parameters)
                .query((row, number) -> new Row(
                        row.getString("correlation_id"),
                        row.getObject("first_event_id", UUID.class),
                        instant(row, "started_at"),
                        instant(row, "last_at"),
                        row.getString("last_name"),
                        row.getLong("messages"),
                        row.getLong("dead_letters")))
                .list();
        Map<String, List<Undertaking>> undertakings =
                undertakingsOf(rows.stream().map(Row::correlationId).toList());
        Instant stalledSince = stalledSince();
        return rows.stream()
                .map(row -> row.with(undertakings.getOrDefault(row.correlationId(), List.of()), stalledSince))
                .toList();
    }

    private record Row(
            String correlationId,
            UUID firstEventId,
            Instant startedAt,
            Instant lastAt,
            String lastName,
            long messages,
            long deadLetters) {

        FlowSummary with(List<Undertaking> undertakings, Instant stalledSince) {
            FlowState state = Stream.of(FlowState.STALLED, FlowState.RUNNING)
                    .filter(worst ->
                            undertakings.stream().anyMatch(undertaking -> undertaking.state(stalledSince) == worst))
                    .findFirst()
                    .orElse(FlowState.DONE);
            return new FlowSummary(
                    correlationId,
                    state,
                    firstEventId,
                    startedAt,
                    lastAt,
                    lastName,
                    messages,
                    deadLetters,
                    undertakings);
        }
    }

    private Map<String, List<Undertaking>> undertakingsOf(List<String> correlationIds) {
        if (correlationIds.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                        select key, correlation_id, begun_at, ended_at, outcome, marks from undertaking
                        where correlation_id = any (?::text[]) order by begun_at, key
                        """)
                .param(correlationIds.toArray(String[]::new))
                .query((row, number) -> new Undertaking(
                        row.getString("key"),
                        row.getString("correlation_id"),
                        instant(row, "begun_at"),
                        row.getObject("ended_at") == null ? null : instant(row, "ended_at"),
                        row.getString("outcome"),
                        Obligation.openIn(row.getInt("marks"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Undertaking::correlationId));
    }

    private Instant stalledSince() {
        return Instant.now().minus(properties.stalledAfter());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
