package io.tidings.analytics.domain;

import io.tidings.bus.Columns;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How much there was of everything, by the minute, the hour and the day. */
@Repository
public class Buckets {

    private final JdbcTemplate jdbc;
    private final JdbcClient client;

    Buckets(JdbcTemplate jdbc, JdbcClient client) {
        this.jdbc = jdbc;
        this.client = client;
    }

    record CountBucket(Width width, String metric, Instant start) {}

    record DurationBucket(Width width, Instant start, int slot) {}

    /** With one statement, in a fixed order: two transactions that add to the same buckets wait and do not deadlock. */
    void addCounts(Map<CountBucket, Long> amounts) {
        if (amounts.isEmpty()) {
            return;
        }
        jdbc.update("""
                insert into count_bucket (width, metric, start, amount)
                select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::bigint[])
                    as bucket (width, metric, start, amount)
                order by width, metric, start
                on conflict (width, metric, start) do update set amount = count_bucket.amount + excluded.amount
                """, statement -> {
            Columns<Map.Entry<CountBucket, Long>> columns = new Columns<>(statement, amounts.entrySet());
            columns.bind(1, "text", bucket -> bucket.getKey().width().name());
            columns.bind(2, "text", bucket -> bucket.getKey().metric());
            columns.bind(3, "timestamptz", bucket -> bucket.getKey().start());
            columns.bind(4, "bigint", Map.Entry::getValue);
        });
    }

    /** With one statement, in a fixed order. */
    void addDurations(Map<DurationBucket, Long> amounts) {
        if (amounts.isEmpty()) {
            return;
        }
        jdbc.update("""
                insert into duration_bucket (width, start, slot, amount)
                select * from unnest(?::text[], ?::timestamptz[], ?::int[], ?::bigint[])
                    as bucket (width, start, slot, amount)
                order by width, start, slot
                on conflict (width, start, slot) do update set amount = duration_bucket.amount + excluded.amount
                """, statement -> {
            Columns<Map.Entry<DurationBucket, Long>> columns = new Columns<>(statement, amounts.entrySet());
            columns.bind(1, "text", bucket -> bucket.getKey().width().name());
            columns.bind(2, "timestamptz", bucket -> bucket.getKey().start());
            columns.bind(3, "int", bucket -> bucket.getKey().slot());
            columns.bind(4, "bigint", Map.Entry::getValue);
        });
    }

    /** All amounts of a range, by metric; what there was none of is left out. */
    public Map<String, Long> totals(Range range) {
        Map<String, Long> totals = new HashMap<>();
        client.sql("""
                        select metric, sum(amount)::bigint as amount from count_bucket
                        where width = :width and start >= :from and start < :to group by metric
                        """).params(parameters(range)).query(row -> {
            totals.put(row.getString("metric"), row.getLong("amount"));
        });
        return totals;
    }

    /** The amounts of a metric, by the beginnings of their buckets; empty ones are left out. */
    Map<Instant, Long> counts(Range range, String metric) {
        Map<Instant, Long> counts = new HashMap<>();
        client.sql("""
                        select start, amount from count_bucket
                        where width = :width and metric = :metric and start >= :from and start < :to
                        """).params(parameters(range)).param("metric", metric).query(row -> {
            counts.put(row.getObject("start", OffsetDateTime.class).toInstant(), row.getLong("amount"));
        });
        return counts;
    }

    /** The durations by the beginnings of their buckets; empty ones are left out. */
    Map<Instant, DurationHistogram> durations(Range range) {
        Map<Instant, SortedMap<Integer, Long>> amounts = new HashMap<>();
        client.sql("""
                        select start, slot, amount from duration_bucket
                        where width = :width and start >= :from and start < :to
                        """).params(parameters(range)).query(row -> {
            amounts.computeIfAbsent(row.getObject("start", OffsetDateTime.class).toInstant(), start -> new TreeMap<>())
                    .put(row.getInt("slot"), row.getLong("amount"));
        });
        Map<Instant, DurationHistogram> durations = new HashMap<>();
        amounts.forEach((start, slots) -> durations.put(start, new DurationHistogram(slots)));
        return durations;
    }

    /** All durations of a range. Added up by the database, since a month has more rows of minutes than fit into memory. */
    DurationHistogram allDurations(Range range) {
        SortedMap<Integer, Long> amounts = new TreeMap<>();
        client.sql("""
                        select slot, sum(amount)::bigint as amount from duration_bucket
                        where width = :width and start >= :from and start < :to group by slot
                        """).params(parameters(range)).query(row -> {
            amounts.put(row.getInt("slot"), row.getLong("amount"));
        });
        return new DurationHistogram(amounts);
    }

    private static Map<String, Object> parameters(Range range) {
        return Map.of(
                "width", range.width().name(),
                "from", range.from().atOffset(ZoneOffset.UTC),
                "to", range.to().atOffset(ZoneOffset.UTC));
    }
}
