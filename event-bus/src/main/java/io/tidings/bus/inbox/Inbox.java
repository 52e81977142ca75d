package io.tidings.bus.inbox;

import io.tidings.bus.Columns;
import io.tidings.bus.message.Envelope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table of messages that this service has handled, which makes its handlers <a
 * href="https://microservices.io/patterns/communication-style/idempotent-consumer.html">idempotent consumers</a>.
 */
public final class Inbox {

    /**
     * Two statements in one round trip. They must be two: the first may wait for another consumer that is at the same
     * message, and the second then sees that it parked the message's key. Within one statement it would look at the
     * state before the wait, and let the next message of the key overtake.
     */
    private static final String ACCEPT_ONE = """
            insert into inbox (event_id) select unnest(?::uuid[]) on conflict do nothing returning event_id;
            select exists (select from parked_key)
            """;

    /**
     * For messages that are all news, as nearly always. To look for each first, and to answer which are new, would take
     * PostgreSQL half as long again.
     */
    private static final String ACCEPT_NEWS = """
            insert into inbox (event_id) select unnest(?::uuid[]);
            select exists (select from parked_key)
            """;

    /**
     * For a message of a batch {@code on conflict} costs as much as the note itself. Without it, another consumer that
     * commits the same message at the same moment, which is rare, makes this fail, and the messages are taken one by one.
     * The look for a message is a subquery, since a join might be planned without the index.
     */
    private static final String ACCEPT_BATCH = """
            insert into inbox (event_id)
            select message from unnest(?::uuid[]) as message
            where (select true from inbox where event_id = message) is null
            returning event_id;
            select exists (select from parked_key)
            """;

    /** Two statements for the same reason. */
    private static final String ACCEPT_FOR_SPARED = """
            update inbox set spared = null where event_id = any (?::uuid[]) and spared returning event_id;
            select exists (select from parked_key)
            """;

    private final JdbcTemplate jdbc;

    public Inbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What came of noting messages.
     *
     * @param fresh those that are news, in their order
     * @param someKeyIsParked whether dead letters hold any key back
     */
    public record Arrival(List<Envelope> fresh, boolean someKeyIsParked) {

        /** Of all that came, those that are no news. */
        public List<Envelope> othersOf(List<Envelope> all) {
            if (fresh.size() == all.size()) {
                return List.of();
            }
            Set<UUID> known = fresh.stream().map(Envelope::id).collect(Collectors.toSet());
            return all.stream().filter(message -> !known.contains(message.id())).toList();
        }

        /** This and another one, in the order of all that came. */
        public Arrival and(Arrival more, List<Envelope> all) {
            Map<UUID, Envelope> byId =
                    byId(Stream.concat(fresh.stream(), more.fresh.stream()).toList());
            return new Arrival(
                    byId(all).keySet().stream()
                            .filter(byId::containsKey)
                            .map(byId::get)
                            .toList(),
                    someKeyIsParked || more.someKeyIsParked);
        }
    }

    /**
     * Notes the messages as handled by the current transaction, and tells which of them were not before.
     *
     * @throws DuplicateKeyException if there are several, and another consumer noted one of them at the same moment: one by
     *     one they can be noted
     */
    public Arrival accept(List<Envelope> messages) {
        Map<UUID, Envelope> byId = byId(messages);
        return accept(byId, byId.size() == 1 ? ACCEPT_ONE : ACCEPT_BATCH);
    }

    /**
     * Does what {@link #accept} does, in less time, for messages none of which was noted before.
     *
     * @throws AlreadyNotedException if one was, or another consumer notes it at this moment; the transaction is lost, and in
     *     another one {@link #accept} tells which are news
     */
    public Arrival acceptNews(List<Envelope> messages) {
        Map<UUID, Envelope> byId = byId(messages);
        if (byId.size() == 1) {
            return accept(byId, ACCEPT_ONE);
        }
        try {
            return Objects.requireNonNull(jdbc.execute(ACCEPT_NEWS, (PreparedStatement statement) -> {
                new Columns<>(statement, byId.keySet()).bind(1, "uuid", id -> id);
                statement.execute();
                statement.getMoreResults();
                return new Arrival(List.copyOf(byId.values()), someKeyIsParked(statement));
            }));
        } catch (DuplicateKeyException duplicate) {
            throw new AlreadyNotedException(duplicate);
        }
    }

    /** Marks messages that are noted: handlers that the replay spares have not heard of them. */
    public void markSpared(List<Envelope> messages) {
        if (!messages.isEmpty()) {
            jdbc.update("update inbox set spared = true where event_id = any (?::uuid[])", (Object)
                    messages.stream().map(Envelope::id).toArray(UUID[]::new));
        }
    }

    /** Takes the marks away in the current transaction, and tells which messages had one: those are news to the spared. */
    public Arrival acceptForSpared(List<Envelope> messages) {
        return messages.isEmpty() ? new Arrival(List.of(), false) : accept(byId(messages), ACCEPT_FOR_SPARED);
    }

    private static Map<UUID, Envelope> byId(List<Envelope> messages) {
        Map<UUID, Envelope> byId = new LinkedHashMap<>();
        messages.forEach(message -> byId.putIfAbsent(message.id(), message));
        return byId;
    }

    private Arrival accept(Map<UUID, Envelope> byId, String accept) {
        return Objects.requireNonNull(jdbc.execute(accept, (PreparedStatement statement) -> {
            new Columns<>(statement, byId.keySet()).bind(1, "uuid", id -> id);
            statement.execute();
            Set<UUID> fresh = new HashSet<>();
            try (ResultSet noted = statement.getResultSet()) {
                while (noted.next()) {
                    fresh.add(noted.getObject(1, UUID.class));
                }
            }
            statement.getMoreResults();
            return new Arrival(
                    byId.values().stream()
                            .filter(message -> fresh.contains(message.id()))
                            .toList(),
                    someKeyIsParked(statement));
        }));
    }

    private static boolean someKeyIsParked(PreparedStatement statement) throws SQLException {
        try (ResultSet parked = statement.getResultSet()) {
            parked.next();
            return parked.getBoolean(1);
        }
    }
}
