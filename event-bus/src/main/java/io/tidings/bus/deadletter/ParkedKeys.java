package io.tidings.bus.deadletter;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The keys of which messages wait, and the messages without key that do. */
public final class ParkedKeys {

    /** A type by its name, or by all that it is called on the wire. */
    private static final String OF_TYPE =
            "(?::text is null or ? in (type, regexp_replace(type, '^.*\\.([^.]+)\\.v[0-9]+$', '\\1')))";

    private static final int COUNTED_AT_MOST = 100_000;

    private final JdbcTemplate jdbc;

    public ParkedKeys(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A key's place among those that are parked: the oldest comes first. */
    public record Place(OffsetDateTime since, UUID keyId) {

        /** Before all others. */
        public static final Place FIRST =
                new Place(OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), new UUID(0, 0));
    }

    /** A message without key. */
    public record Keyless(long position, UUID id) {}

    /**
     * How much waits.
     *
     * @param messages counted up to 100,000
     * @param keys counted up to 100,000
     * @param oldest how long the first of them has waited; zero if none does
     */
    public record Extent(long messages, long keys, Duration oldest) {}

    /** The ids of a key, on one topic or on all of them; none if it is not parked. */
    public List<UUID> named(@Nullable String topic, String key) {
        return jdbc.queryForList(
                "select id from parked_key where key = ? and (?::text is null or topic = ?) order by since, id",
                UUID.class,
                key,
                topic,
                topic);
    }

    /** The next parked keys, those only whose first message is of the type if one is given. */
    public List<Place> after(Place place, @Nullable String type, int limit) {
        return jdbc.query(
                """
                select since, id from parked_key
                where (since, id) > (?, ?)
                  and (?::text is null or exists (
                        select from (select type from dead_letter
                                     where key_id = parked_key.id and state <> 'DISCARDED'
                                     order by position limit 1) first
                        where %s))
                order by since, id limit ?
                """.formatted(OF_TYPE),
                (row, number) ->
                        new Place(row.getObject("since", OffsetDateTime.class), row.getObject("id", UUID.class)),
                place.since(),
                place.keyId(),
                type,
                type,
                type,
                limit);
    }

    /** The next messages without key, those of a type only if one is given. */
    public List<Keyless> keylessAfter(long position, @Nullable String type, int limit) {
        return jdbc.query(
                """
                select position, id from dead_letter
                where key_id is null and state <> 'DISCARDED' and position > ? and %s
                order by position limit ?
                """.formatted(OF_TYPE),
                (row, number) -> new Keyless(row.getLong("position"), row.getObject("id", UUID.class)),
                position,
                type,
                type,
                limit);
    }

    /** The keys that have waited longest, as topic and key. */
    public List<String> oldest(int limit) {
        return jdbc.queryForList(
                "select topic || '/' || left(key, 100) from parked_key order by since, id limit ?",
                String.class,
                limit);
    }

    /** How much waits, in one query. */
    public Extent extent() {
        return jdbc.queryForObject(
                """
                select (select count(*) from (select from dead_letter where state <> 'DISCARDED' limit %1$d) messages),
                       (select count(*) from (select from parked_key limit %1$d) keys),
                       coalesce((select extract(epoch from clock_timestamp() - parked_at) from dead_letter
                                 where state <> 'DISCARDED' order by position limit 1), 0)
                """.formatted(COUNTED_AT_MOST),
                (row, number) -> new Extent(
                        row.getLong(1), row.getLong(2), Duration.ofMillis((long) (row.getDouble(3) * 1000))));
    }
}
