package io.tidings.audit.domain;

import io.tidings.bus.Columns;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
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

    /** Of what is read at once, after which no other message is read: thousands of the largest would not fit into memory. */
    private static final int ENOUGH_BYTES = 2_097_152;

    /** By how much an id may tell another time than its message; the same as in V10__astray.sql. */
    private static final Duration ASTRAY = Duration.ofMinutes(1);

    private final AuditChains chains;
    private final PersonalMessages personal;
    private final JdbcTemplate jdbc;
    private final JdbcClient client;

    AuditTrail(AuditChains chains, PersonalMessages personal, JdbcTemplate jdbc, JdbcClient client) {
        this.chains = chains;
        this.personal = personal;
        this.jdbc = jdbc;
        this.client = client;
    }

    /**
     * Keeps the messages in the current transaction, with one statement, each at the end of its hash chain; returns, in
     * their order, those that were not kept before.
     */
    public List<AuditEvent> append(List<AuditEvent> events) {
        Map<String, ChainHead> heads =
                chains.lock(events.stream().map(ChainHead::chainOf).collect(Collectors.toCollection(TreeSet::new)));
        Set<UUID> known = known(events);
        List<AuditEvent> fresh =
                events.stream().filter(event -> known.add(event.eventId())).toList();
        List<Link> links = new ArrayList<>();
        for (AuditEvent event : personal.seal(fresh)) {
            ChainHead head = heads.compute(
                    ChainHead.chainOf(event),
                    (chain, end) -> (end == null ? ChainHead.empty(chain) : end).after(event));
            links.add(new Link(event, head));
        }
        if (!links.isEmpty()) {
            insert(links, List.copyOf(heads.values()));
        }
        return fresh;
    }

    /** @param place the end of its chain, when the message was the last */
    private record Link(AuditEvent event, ChainHead place) {}

    /** The first and the last id tell the database which parts of the log it need not look into. */
    private Set<UUID> known(List<AuditEvent> events) {
        UUID[] ids = events.stream()
                .map(AuditEvent::eventId)
                .sorted(Comparator.comparing(UUID::toString))
                .toArray(UUID[]::new);
        return new HashSet<>(jdbc.queryForList(
                "select event_id from audit_event where event_id = any (?::uuid[]) and event_id between ? and ?",
                UUID.class,
                ids,
                ids[0],
                ids[ids.length - 1]));
    }

    private void insert(List<Link> links, List<ChainHead> heads) {
        List<AuditEvent> events = links.stream().map(Link::event).toList();
        jdbc.update("""
                with ends as (
                    update audit_chain set length = head.length, hash = head.hash
                    from unnest(?::text[], ?::bigint[], ?::bytea[]) as head (name, length, hash)
                    where audit_chain.name = head.name and audit_chain.length < head.length)
                insert into audit_event (event_id, topic, key, type, name, source, correlation_id, causation_id,
                    traceparent, occurred_at, recorded_at, annotations, payload, chain, position, hash)
                select event_id, topic, key, type, name, source, correlation_id, causation_id,
                    traceparent, occurred_at, recorded_at, annotations::jsonb, payload, chain, position, hash
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::bytea[],
                        ?::text[], ?::bigint[], ?::bytea[])
                    as event (event_id, topic, key, type, name, source, correlation_id, causation_id,
                        traceparent, occurred_at, recorded_at, annotations, payload, chain, position, hash)
                """, (PreparedStatement statement) -> {
            Columns<ChainHead> ends = new Columns<>(statement, heads);
            ends.bind(1, "text", ChainHead::chain);
            ends.bind(2, "bigint", ChainHead::length);
            ends.bind(3, "bytea", ChainHead::hash);
            Columns<AuditEvent> told = new Columns<>(statement, events);
            told.bind(4, "uuid", AuditEvent::eventId);
            told.bind(5, "text", AuditEvent::topic);
            told.bind(6, "text", AuditEvent::key);
            told.bind(7, "text", AuditEvent::type);
            told.bind(8, "text", AuditEvent::name);
            told.bind(9, "text", AuditEvent::source);
            told.bind(10, "text", AuditEvent::correlationId);
            told.bind(11, "text", AuditEvent::causationId);
            told.bind(12, "text", AuditEvent::traceparent);
            told.bind(13, "timestamptz", AuditEvent::occurredAt);
            told.bind(14, "timestamptz", AuditEvent::recordedAt);
            told.bind(15, "text", event -> MAPPER.writeValueAsString(event.annotations()));
            told.bind(16, "bytea", AuditEvent::payload);
            Columns<Link> chained = new Columns<>(statement, links);
            chained.bind(17, "text", link -> link.place().chain());
            chained.bind(18, "bigint", link -> link.place().length());
            chained.bind(19, "bytea", link -> link.place().hash());
        });
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
        return page(matching(filter, after, parameters), parameters, limit, ENOUGH_BYTES);
    }

    /**
     * The first messages that match, ordered by their ids.
     *
     * @param enoughBytes of payload, after which no other message is read
     */
    private EventPage page(String matching, Map<String, @Nullable Object> parameters, int limit, int enoughBytes) {
        String sql = """
                select * from (
                    select *, count(*) over () as found,
                        sum(octet_length(payload)) over (order by event_id) - octet_length(payload) as bytes_before
                    from (%s order by event_id limit :oneMore) matching) page
                where bytes_before < :enoughBytes
                order by event_id limit :limit
                """.formatted(matching);
        parameters.put("oneMore", limit + 1);
        parameters.put("limit", limit);
        parameters.put("enoughBytes", enoughBytes);
        List<FoundEvent> found = client.sql(sql)
                .params(parameters)
                .query((row, number) -> new FoundEvent(event(row), row.getInt("found")))
                .list();
        return new EventPage(
                personal.open(found.stream().map(FoundEvent::event).toList()),
                found.isEmpty() || found.size() == found.getFirst().found());
    }

    /** @param found how many messages there are from this page's first one on, up to one more than its limit */
    private record FoundEvent(AuditEvent event, int found) {}

    /**
     * The messages with a key on some topics, ordered by their ids.
     *
     * @param limit at most
     * @param enoughBytes of payload, after which no other message is read
     */
    public EventPage about(String key, List<String> topics, int limit, int enoughBytes) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        StringBuilder conditions = new StringBuilder("topic in (:topics)");
        addEqual(conditions, parameters, "key", key);
        parameters.put("topics", topics);
        return page("select * from audit_event where " + conditions, parameters, limit, enoughBytes);
    }

    /**
     * What was told of payments from a user's account, ordered by the messages' ids.
     *
     * @param limit at most
     * @param enoughBytes of payload, after which no other message is read
     */
    public EventPage paymentsOf(String userId, int limit, int enoughBytes) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("userId", userId);
        return page("""
                select * from audit_event
                where topic = 'payments'
                    and substring(encode(payload, 'escape') from '"userId"\\s*:\\s*"([0-9a-f-]{36})"') = :userId
                """, parameters, limit, enoughBytes);
    }

    /**
     * The messages of a part of a chain that fulfil a condition, in the order in which they were recorded. If they are very
     * long, it is a shorter part that begins where this one does.
     */
    public ChainRecords in(ChainPart part, String condition, Map<String, ?> parameters) {
        List<PlacedEvent> placed = client.sql("""
                        select * from (
                            select *,
                                sum(octet_length(payload)) over (order by position) - octet_length(payload) as bytes_before
                            from audit_event
                            where chain = :chain and position > :after and position <= :upTo and (%s)) wanted
                        where bytes_before < :enoughBytes
                        order by position
                        """.formatted(condition))
                .params(parameters)
                .params(of(part))
                .param("enoughBytes", ENOUGH_BYTES)
                .query((row, number) -> new PlacedEvent(event(row), row.getLong("position")))
                .list();
        long bytes =
                placed.stream().mapToLong(one -> one.event().payload().length).sum();
        return new ChainRecords(
                bytes < ENOUGH_BYTES ? part : part.endingAt(placed.getLast().position()),
                personal.open(placed.stream().map(PlacedEvent::event).toList()));
    }

    private record PlacedEvent(AuditEvent event, long position) {}

    /** The beginning of a part of a chain that ends with so many messages that fulfil a condition; all if it has fewer. */
    public ChainPart beginningOf(ChainPart part, int messages, String condition, Map<String, ?> parameters) {
        return client.sql("""
                        select position from audit_event
                        where chain = :chain and position > :after and position <= :upTo and (%s)
                        order by position offset :others limit 1
                        """.formatted(condition))
                .params(parameters)
                .params(of(part))
                .param("others", messages - 1)
                .query(Long.class)
                .optional()
                .map(part::endingAt)
                .orElse(part);
    }

    private static Map<String, ?> of(ChainPart part) {
        return Map.of("chain", part.chain(), "after", part.after(), "upTo", part.upTo());
    }

    /**
     * Almost all ids tell the time of their messages, so who asks for a time need not look through what was told before.
     * The few that tell another time are looked up by the time itself; without a limit within, which would tempt the
     * planner to look for them in the order of their ids.
     */
    private static String matching(EventFilter filter, @Nullable UUID after, Map<String, @Nullable Object> parameters) {
        String all = "select * from audit_event where " + conditions(filter, after, parameters);
        if (filter.from() == null && filter.to() == null) {
            return all;
        }
        List<String> inside = new ArrayList<>();
        List<String> outside = new ArrayList<>();
        if (filter.from() != null) {
            inside.add("event_id >= audit_first_id(:firstId)");
            outside.add("event_id < audit_first_id(:firstId)");
            parameters.put("firstId", timeInIds(filter.from().minus(ASTRAY)));
        }
        if (filter.to() != null) {
            // An id has no parts of a millisecond.
            inside.add("event_id < audit_first_id(:endOfIds)");
            outside.add("event_id >= audit_first_id(:endOfIds)");
            parameters.put("endOfIds", timeInIds(filter.to().plus(ASTRAY).plusMillis(1)));
        }
        return """
                select * from (
                    (%1$s and %2$s order by event_id limit :oneMore)
                    union all
                    (select * from (%1$s and audit_is_astray(event_id, occurred_at) and (%3$s) offset 0) astray
                    order by event_id limit :oneMore)) told
                """.formatted(all, String.join(" and ", inside), String.join(" or ", outside));
    }

    /** None is of before 1970. */
    private static OffsetDateTime timeInIds(Instant time) {
        return (time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time).atOffset(ZoneOffset.UTC);
    }

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

    /** As it is recorded. */
    static AuditEvent event(ResultSet row) throws SQLException {
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
