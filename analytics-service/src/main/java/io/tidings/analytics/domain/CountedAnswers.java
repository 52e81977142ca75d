package io.tidings.analytics.domain;

import io.tidings.analytics.domain.Metric.Count;
import io.tidings.bus.Columns;
import io.tidings.bus.ExpiringTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * What services have answered to an orchestrator, and was counted. Who asks again is told again, by a message of its own
 * that no inbox knows: so answers are counted by orders, and not by messages. They are remembered as long as messages are:
 * no orchestrator asks for longer.
 */
@Repository
class CountedAnswers implements ExpiringTable {

    private final JdbcTemplate jdbc;

    CountedAnswers(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    record Answer(UUID orderId, Count what) {}

    /** Remembers them, with one statement, and returns those that were not counted before. */
    List<Answer> countedFirst(Map<Answer, Instant> told) {
        if (told.isEmpty()) {
            return List.of();
        }
        List<Answer> first = new ArrayList<>();
        jdbc.query(
                """
                insert into counted_answer (order_id, metric, told_at)
                select * from unnest(?::uuid[], ?::text[], ?::timestamptz[]) as answer (order_id, metric, told_at)
                order by order_id, metric
                on conflict (order_id, metric) do nothing
                returning order_id, metric
                """,
                statement -> {
                    Columns<Map.Entry<Answer, Instant>> columns = new Columns<>(statement, told.entrySet());
                    columns.bind(1, "uuid", answer -> answer.getKey().orderId());
                    columns.bind(2, "text", answer -> answer.getKey().what().name());
                    columns.bind(3, "timestamptz", Map.Entry::getValue);
                },
                row -> {
                    first.add(
                            new Answer(row.getObject("order_id", UUID.class), Count.valueOf(row.getString("metric"))));
                });
        return first;
    }

    @Override
    public String table() {
        return "counted_answer";
    }

    @Override
    public String since() {
        return "told_at";
    }
}
