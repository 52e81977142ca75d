package io.tidings.audit.domain.flow;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.bus.Columns;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Keeps a row for each flow and one for each thing that a flow began, so that nobody has to look through all messages to
 * know how a flow stands. A flow or key of more than 200 characters, which none of ours has, is not kept.
 */
@Repository
public class FlowLedger {

    private static final int LONGEST_NAME = 200;

    private final JdbcTemplate jdbc;

    FlowLedger(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds messages in the current transaction, with two statements at most. Each may come once only; their order does not
     * matter, neither does that of the batches.
     */
    public void keep(List<AuditEvent> events) {
        // Sorted, so that two recorders who change some of the same rows never wait for each other.
        SortedMap<String, FlowChange> flows = new TreeMap<>();
        SortedMap<String, UndertakingChange> undertakings = new TreeMap<>();
        for (AuditEvent event : events) {
            if (event.correlationId().length() > LONGEST_NAME) {
                continue;
            }
            flows.merge(event.correlationId(), FlowChange.of(event), FlowChange::and);
            int marks = Obligation.marksOf(event.name(), event.topic());
            if (marks != 0 && event.key().length() <= LONGEST_NAME) {
                undertakings.merge(event.key(), UndertakingChange.of(event, marks), UndertakingChange::and);
            }
        }
        if (!flows.isEmpty()) {
            addToFlows(List.copyOf(flows.values()));
        }
        if (!undertakings.isEmpty()) {
            addToUndertakings(List.copyOf(undertakings.values()));
        }
    }

    private void addToFlows(List<FlowChange> changes) {
        jdbc.update("""
                insert into flow (correlation_id, first_event_id, started_at, last_at, last_name, messages, dead_letters)
                select * from unnest(?::text[], ?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::bigint[],
                    ?::bigint[])
                on conflict (correlation_id) do update set
                    first_event_id = least(flow.first_event_id, excluded.first_event_id),
                    started_at = least(flow.started_at, excluded.started_at),
                    last_at = greatest(flow.last_at, excluded.last_at),
                    last_name = case when excluded.last_at >= flow.last_at then excluded.last_name else flow.last_name end,
                    messages = flow.messages + excluded.messages,
                    dead_letters = flow.dead_letters + excluded.dead_letters
                """, (PreparedStatement statement) -> {
            Columns<FlowChange> columns = new Columns<>(statement, changes);
            columns.bind(1, "text", FlowChange::correlationId);
            columns.bind(2, "uuid", FlowChange::firstEventId);
            columns.bind(3, "timestamptz", FlowChange::startedAt);
            columns.bind(4, "timestamptz", FlowChange::lastAt);
            columns.bind(5, "text", FlowChange::lastName);
            columns.bind(6, "bigint", FlowChange::messages);
            columns.bind(7, "bigint", FlowChange::deadLetters);
        });
    }

    private void addToUndertakings(List<UndertakingChange> changes) {
        jdbc.update("""
                insert into undertaking (key, correlation_id, begun_at, ended_at, outcome, heard_at, marks)
                select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[],
                    ?::timestamptz[], ?::int[])
                on conflict (key) do update set
                    correlation_id = case
                        when undertaking.begun_at is null or excluded.begun_at < undertaking.begun_at
                        then excluded.correlation_id else undertaking.correlation_id end,
                    begun_at = least(undertaking.begun_at, excluded.begun_at),
                    ended_at = greatest(undertaking.ended_at, excluded.ended_at),
                    outcome = coalesce(undertaking.outcome, excluded.outcome),
                    heard_at = least(undertaking.heard_at, excluded.heard_at),
                    marks = undertaking.marks | excluded.marks
                """, (PreparedStatement statement) -> {
            Columns<UndertakingChange> columns = new Columns<>(statement, changes);
            columns.bind(1, "text", UndertakingChange::key);
            columns.bind(2, "text", UndertakingChange::correlationId);
            columns.bind(3, "timestamptz", UndertakingChange::begunAt);
            columns.bind(4, "timestamptz", UndertakingChange::endedAt);
            columns.bind(5, "text", UndertakingChange::outcome);
            columns.bind(6, "timestamptz", UndertakingChange::heardAt);
            columns.bind(7, "int", UndertakingChange::marks);
        });
    }

    /**
     * Takes what began before a time, was heard of before it, has not ended, and was not taken before; in the current
     * transaction. Of several instances, each takes others.
     */
    List<Stalled> takeStalled(Instant before, int limit) {
        return jdbc.query(
                """
                with stalled as (
                    select key from undertaking
                    where open and begun_at < ? and heard_at < ? and alerted_at is null
                    order by begun_at limit ? for update skip locked)
                update undertaking set alerted_at = now() from stalled where undertaking.key = stalled.key
                returning undertaking.key, correlation_id, begun_at, marks
                """,
                (row, number) -> new Stalled(
                        row.getString("key"),
                        row.getString("correlation_id"),
                        row.getTimestamp("begun_at").toInstant(),
                        Obligation.openIn(row.getInt("marks"))),
                before.atOffset(ZoneOffset.UTC),
                before.atOffset(ZoneOffset.UTC),
                limit);
    }

    /** An undertaking that stands still. */
    record Stalled(String key, @Nullable String correlationId, Instant begunAt, Set<Obligation> open) {}
}
