package io.tidings.bus.deadletter;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.CloudEventHeaders;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.publishing.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table of messages that could not be handled. A key, which is a topic and a key on it, is parked as long as a
 * message of it waits here; what comes of it meanwhile joins the end.
 *
 * <p>Two locks keep the order. The row of a <em>key</em> is locked by whoever adds a message, until the addition is
 * committed, and by whoever opens the key: so nothing joins a key that has just been found empty, and positions follow
 * commits. The row of the <em>first message</em> is locked by whoever redrives it, so two who redrive a key take turns.
 * Nobody who waits for a key holds what a handler locks: consumers lock keys before they call handlers, and a redrive
 * after its handler's transaction.
 *
 * <p>All methods that change something belong into a transaction. What is asked after a lock was waited for must be a
 * statement of its own, to see what the others committed; so the transaction must be {@code READ COMMITTED}.
 */
public final class DeadLetters {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private static final String EMPTIED = "The reason was removed with the content, since it may have quoted it.";

    private final JdbcTemplate jdbc;

    public DeadLetters(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The name of a key; null for a message without one, whose order nobody promised. */
    static @Nullable UUID keyIdOf(Envelope message) {
        return message.key().isEmpty() ? null : keyIdOf(message.topic(), message.key());
    }

    private static UUID keyIdOf(String topic, String key) {
        return UUID.nameUUIDFromBytes((topic + "/" + key).getBytes(StandardCharsets.UTF_8));
    }

    /** Lets those whose key is parked join what waits there. Returns the others, in their order. */
    public List<Envelope> holdBack(List<Envelope> messages) {
        Set<UUID> parked = lockParked(messages);
        if (parked.isEmpty()) {
            return messages;
        }
        List<Envelope> free = new ArrayList<>();
        List<Envelope> heldBack = new ArrayList<>();
        for (Envelope message : messages) {
            UUID keyId = keyIdOf(message);
            (keyId != null && parked.contains(keyId) ? heldBack : free).add(message);
        }
        insert(heldBack);
        return free;
    }

    private Set<UUID> lockParked(List<Envelope> messages) {
        Set<UUID> keyIds = new TreeSet<>();
        for (Envelope message : messages) {
            UUID keyId = keyIdOf(message);
            if (keyId != null) {
                keyIds.add(keyId);
            }
        }
        List<UUID> locked = jdbc.queryForList(
                "select id from parked_key where id = any (?::uuid[]) order by id for update", UUID.class, (Object)
                        keyIds.toArray(UUID[]::new));
        if (locked.isEmpty()) {
            return Set.of();
        }
        // Asked under the lock: whoever redrove the last of a key may not have come to open it.
        Set<UUID> parked = new HashSet<>(jdbc.queryForList("""
                select id from unnest(?::uuid[]) as locked (id)
                where exists (select from dead_letter where key_id = locked.id and state <> 'DISCARDED')
                """, UUID.class, (Object) locked.toArray(UUID[]::new)));
        List<UUID> empty = locked.stream().filter(key -> !parked.contains(key)).toList();
        if (!empty.isEmpty()) {
            jdbc.update("delete from parked_key where id = any (?::uuid[])", (Object) empty.toArray(UUID[]::new));
        }
        return parked;
    }

    private void insert(Collection<Envelope> waiting) {
        List<Object[]> rows = waiting.stream()
                .map(message -> new Object[] {
                    TimeOrderedId.next(),
                    keyIdOf(message),
                    message.id(),
                    message.topic(),
                    storable(message.key()),
                    storable(message.type()),
                    MAPPER.writeValueAsString(CloudEventHeaders.write(message)),
                    message.payload()
                })
                .toList();
        jdbc.batchUpdate("""
                insert into dead_letter (id, state, key_id, message_id, topic, key, type, headers, payload)
                values (?, 'WAITING', ?, ?, ?, ?, ?, ?, ?)
                """, rows);
    }

    /** Parks a message that could not be handled, and its key. */
    public void add(DeadLetter failed) {
        Envelope message = failed.message();
        UUID keyId = keyIdOf(message);
        if (keyId != null) {
            // A key that is parked already is locked by this, so that nobody opens it at the same moment.
            jdbc.update("""
                    insert into parked_key (id, topic, key) values (?, ?, ?)
                    on conflict (id) do update set topic = excluded.topic
                    """, keyId, message.topic(), storable(message.key()));
        }
        jdbc.update(
                """
                insert into dead_letter (id, state, key_id, message_id, topic, key, type, headers, payload,
                                         attempts, failed_at, reason, exception, stack)
                values (?, 'FAILED', ?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp(), ?, ?, ?)
                """,
                TimeOrderedId.next(),
                keyId,
                message.id(),
                message.topic(),
                storable(message.key()),
                storable(message.type()),
                MAPPER.writeValueAsString(CloudEventHeaders.write(message)),
                message.payload(),
                failed.attempts(),
                storable(failed.reason()),
                failed.exception(),
                storable(failed.stack()));
    }

    /** Locks the first message that waits of a key; waits for someone who redrives it. */
    public Optional<ParkedMessage> lockFirst(UUID keyId) {
        return jdbc.query("""
                        select * from dead_letter where key_id = ? and state <> 'DISCARDED'
                        order by position limit 1 for update
                        """, DeadLetters::parkedMessage, keyId).stream().findFirst();
    }

    /** Locks a message, if it still waits; waits for someone who redrives it. */
    public Optional<ParkedMessage> lock(UUID id) {
        return jdbc
                .query(
                        "select * from dead_letter where id = ? and state <> 'DISCARDED' for update",
                        DeadLetters::parkedMessage,
                        id)
                .stream()
                .findFirst();
    }

    /** Locks a message, if it still waits and nobody redrives it. */
    public Optional<ParkedMessage> lockAtOnce(UUID id) {
        return jdbc
                .query(
                        "select * from dead_letter where id = ? and state <> 'DISCARDED' for update skip locked",
                        DeadLetters::parkedMessage,
                        id)
                .stream()
                .findFirst();
    }

    /** A message that waits, at this moment. */
    public Optional<ParkedMessage> find(UUID id) {
        return jdbc
                .query(
                        "select * from dead_letter where id = ? and state <> 'DISCARDED'",
                        DeadLetters::parkedMessage,
                        id)
                .stream()
                .findFirst();
    }

    /** Removes a message that was handled. */
    public void remove(UUID id) {
        jdbc.update("delete from dead_letter where id = ?", id);
    }

    /** Notes that a message failed once more. Returns false if it no longer waits: somebody else was faster. */
    public boolean failAgain(UUID id, DeadLetter failed) {
        return jdbc.update(
                        """
                        update dead_letter set state = 'FAILED', attempts = ?, failed_at = clock_timestamp(),
                                               reason = ?, exception = ?, stack = ?
                        where id = ? and state <> 'DISCARDED'
                        """,
                        failed.attempts(),
                        storable(failed.reason()),
                        failed.exception(),
                        storable(failed.stack()),
                        id)
                > 0;
    }

    /** Gives a message up. */
    public void discard(UUID id, String by, String why) {
        jdbc.update("""
                update dead_letter set state = 'DISCARDED', discarded_at = clock_timestamp(),
                                       discarded_by = ?, discarded_why = ?
                where id = ?
                """, storable(by), storable(why), id);
    }

    /** Leaves nothing of what was in a message that was given up, nor of what a failure may have quoted of it. */
    public void empty(ParkedMessage discarded) {
        jdbc.update(
                """
                update dead_letter set emptied = true, payload = '', headers = ?, stack = null,
                                       reason = case when reason is not null then ? end
                where id = ?
                """,
                MAPPER.writeValueAsString(
                        CloudEventHeaders.write(discarded.message().withoutContent())),
                EMPTIED,
                discarded.id());
    }

    /** Opens a key if nothing of it waits any more; says whether it is open. Waits for those who add to it. */
    public boolean open(UUID keyId) {
        jdbc.queryForList("select id from parked_key where id = ? for update", UUID.class, keyId);
        Boolean waits = jdbc.queryForObject(
                "select exists (select from dead_letter where key_id = ? and state <> 'DISCARDED')",
                Boolean.class,
                keyId);
        if (Boolean.TRUE.equals(waits)) {
            return false;
        }
        jdbc.update("delete from parked_key where id = ?", keyId);
        return true;
    }

    private static ParkedMessage parkedMessage(ResultSet row, int number) throws SQLException {
        Envelope message = CloudEventHeaders.read(
                row.getString("topic"),
                row.getString("position"),
                row.getString("key"),
                MAPPER.readValue(row.getString("headers"), HEADERS),
                row.getBytes("payload"),
                row.getTimestamp("parked_at").toInstant());
        return new ParkedMessage(
                row.getObject("id", UUID.class), row.getObject("key_id", UUID.class), message, row.getInt("attempts"));
    }

    /** PostgreSQL keeps every text but one with the character NUL or with half of a surrogate pair. */
    private static String storable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
