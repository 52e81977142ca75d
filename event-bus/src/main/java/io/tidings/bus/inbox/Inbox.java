package io.tidings.bus.inbox;

import io.tidings.bus.message.Envelope;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table of messages that this service has handled, which makes its handlers <a
 * href="https://microservices.io/patterns/communication-style/idempotent-consumer.html">idempotent consumers</a>.
 */
public final class Inbox {

    private static final int DELETED_AT_ONCE = 10_000;

    private final JdbcTemplate jdbc;

    public Inbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes the messages as handled by the current transaction; returns, in their order, those that were not before. */
    public List<Envelope> accept(List<Envelope> messages) {
        Map<UUID, Envelope> byId = new LinkedHashMap<>();
        messages.forEach(message -> byId.putIfAbsent(message.id(), message));
        Set<UUID> fresh = new HashSet<>(insert(byId.keySet()));
        return byId.values().stream()
                .filter(message -> fresh.contains(message.id()))
                .toList();
    }

    private List<UUID> insert(Collection<UUID> ids) {
        return jdbc.queryForList(
                "insert into inbox (event_id) select unnest(?::uuid[]) on conflict do nothing returning event_id",
                UUID.class,
                (Object) ids.toArray(UUID[]::new));
    }

    /**
     * Forgets messages handled longer ago. It must be longer than a broker keeps them and a relay may lag, or one that
     * comes again would be handled again.
     *
     * @return how many were forgotten
     */
    public int forget(Duration olderThan) {
        int forgotten = 0;
        int deleted;
        do {
            deleted = jdbc.update("""
                    delete from inbox where event_id in (
                        select event_id from inbox
                        where received_at < now() - make_interval(secs => ?) limit ?)
                    """, (double) olderThan.toSeconds(), DELETED_AT_ONCE);
            forgotten += deleted;
        } while (deleted == DELETED_AT_ONCE);
        return forgotten;
    }
}
