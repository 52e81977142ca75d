package io.tidings.audit.domain.replay;

import io.tidings.bus.TimeOrderedId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All replays there were. */
@Repository
public class Replays {

    private static final int MOST_LISTED = 100;

    private final JdbcClient jdbc;

    Replays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * It is there only if it can be read: all replays wait while one of them can't.
     *
     * @return empty if another replay to the same target is under way
     */
    @Transactional
    public Optional<Replay> order(ReplayOrder order) {
        return jdbc.sql("""
                        insert into replay (replay_id, target, rebuild, topics, types, keys, correlation_id, from_time,
                            to_time, speed, effects, phase, created_at)
                        values (:replayId, :target, :rebuild, :topics, :types, :keys, :correlationId, :from, :to,
                            :speed, :effects, 'REQUESTED', :now)
                        on conflict (target) where ended_at is null do nothing
                        returning *
                        """)
                .param("replayId", TimeOrderedId.next())
                .param("target", order.target())
                .param("rebuild", order.rebuild())
                .param("topics", order.topics().toArray(String[]::new))
                .param("types", order.types().toArray(String[]::new))
                .param("keys", order.keys().toArray(String[]::new))
                .param("correlationId", order.correlationId())
                .param("from", utc(order.from()))
                .param("to", utc(order.to()))
                .param("speed", order.speed())
                .param("effects", order.effects())
                .param("now", utc(Instant.now()))
                .query((row, number) -> replay(row))
                .optional();
    }

    /** Whether any message is wanted. */
    public boolean hasAny(ReplayOrder order) {
        WantedRecords wanted = WantedRecords.of(order);
        return jdbc.sql("select exists (select from audit_event where %s)".formatted(wanted.condition()))
                .params(wanted.parameters())
                .query(Boolean.class)
                .single();
    }

    public Optional<Replay> find(UUID replayId) {
        return jdbc.sql("select * from replay where replay_id = :replayId")
                .param("replayId", replayId)
                .query((row, number) -> replay(row))
                .optional();
    }

    /** The newest. */
    public List<Replay> list() {
        return jdbc.sql("select * from replay order by replay_id desc limit :limit")
                .param("limit", MOST_LISTED)
                .query((row, number) -> replay(row))
                .list();
    }

    /** Those that are under way and not paused. */
    List<Replay> underWay() {
        return jdbc.sql("select * from replay where ended_at is null and not paused order by replay_id")
                .query((row, number) -> replay(row))
                .list();
    }

    /**
     * Locks one in the current transaction, to take its next step.
     *
     * @return empty if it is paused or in another phase by now, or if another instance works on it
     */
    Optional<Replay> lockIn(ReplayPhase phase, UUID replayId) {
        return jdbc.sql("""
                        select * from replay where replay_id = :replayId and phase = :phase and not paused
                        for update skip locked
                        """)
                .param("replayId", replayId)
                .param("phase", phase.name())
                .query((row, number) -> replay(row))
                .optional();
    }

    /** @return false if it has ended, or is being canceled */
    public boolean pause(UUID replayId, boolean paused) {
        return jdbc.sql("""
                        update replay set paused = :paused
                        where replay_id = :replayId and ended_at is null and phase <> 'CANCELING'
                        """).param("paused", paused).param("replayId", replayId).update() == 1;
    }

    /** Locks it in the current transaction, as whoever works on it does. */
    Optional<Replay> lock(UUID replayId) {
        return jdbc.sql("select * from replay where replay_id = :replayId for update")
                .param("replayId", replayId)
                .query((row, number) -> replay(row))
                .optional();
    }

    /** One that is broken off does not pause. */
    void enter(UUID replayId, ReplayPhase phase) {
        jdbc.sql("""
                        update replay set phase = :phase, ended_at = :endedAt, paused = paused and :phase <> 'CANCELING'
                        where replay_id = :replayId
                        """)
                .param("phase", phase.name())
                .param("endedAt", phase.isOver() ? utc(Instant.now()) : null)
                .param("replayId", replayId)
                .update();
    }

    /** Lets it go through all chains to where they end now. */
    void extend(UUID replayId) {
        jdbc.sql("""
                        insert into replay_chain (replay_id, chain, position, until)
                        select :replayId, name, 0, length from audit_chain where length > 0
                        on conflict (replay_id, chain) do update set until = excluded.until
                        """).param("replayId", replayId).update();
        jdbc.sql("""
                        update replay set total = (select coalesce(sum(until), 0) from replay_chain where replay_id = :replayId)
                        where replay_id = :replayId
                        """).param("replayId", replayId).update();
    }

    private static Replay replay(ResultSet row) throws SQLException {
        return new Replay(
                row.getObject("replay_id", UUID.class),
                new ReplayOrder(
                        row.getString("target"),
                        row.getBoolean("rebuild"),
                        List.of((String[]) row.getArray("topics").getArray()),
                        List.of((String[]) row.getArray("types").getArray()),
                        List.of((String[]) row.getArray("keys").getArray()),
                        row.getString("correlation_id"),
                        instant(row, "from_time"),
                        instant(row, "to_time"),
                        row.getObject("speed", Integer.class),
                        row.getBoolean("effects")),
                ReplayPhase.valueOf(row.getString("phase")),
                row.getBoolean("paused"),
                row.getLong("total"),
                row.getLong("looked_at"),
                row.getLong("sent"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "ended_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
