package io.tidings.audit.domain.replay;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.ReplayedMessage;
import io.tidings.bus.message.ReplayedMessage.Manner;
import io.tidings.bus.message.ReplayedMessage.Step;
import io.tidings.bus.publishing.TransactionalEventBus;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends replays, a step at a time. Where a replay stands and what is sent of it are one transaction with the outbox, so that
 * whoever dies, nothing is sent twice or left out. Each key keeps the order in which it was recorded.
 */
@Component
class ReplaySender {

    /** What of the log an order wants. */
    static final String WANTED = """
            (cardinality(:topics::text[]) = 0 or topic = any (:topics::text[]))
            and (cardinality(:types::text[]) = 0 or name = any (:types::text[]))
            and (cardinality(:keys::text[]) = 0 or key = any (:keys::text[]))
            and (:correlationId::text is null or correlation_id = :correlationId)
            and (:from::timestamptz is null or occurred_at >= :from)
            and (:to::timestamptz is null or occurred_at < :to)
            """;

    private static final Logger log = LoggerFactory.getLogger(ReplaySender.class);
    private static final String SOURCE = "/audit-service";
    private static final int BATCH = 1_000;
    private static final int MOST_WAITING = 5_000;

    private final Replays replays;
    private final AuditTrail trail;
    private final Consumption consumption;
    private final TransactionalEventBus bus;
    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;

    /** Until when we must have recorded everything; found anew after a restart, which makes it only later. */
    private final Map<UUID, Consumption.Mark> marks = new ConcurrentHashMap<>();

    /** When, by the nanosecond clock, a replay of limited speed may go on. */
    private final Map<UUID, Long> notBefore = new ConcurrentHashMap<>();

    ReplaySender(
            Replays replays,
            AuditTrail trail,
            Consumption consumption,
            TransactionalEventBus bus,
            TransactionTemplate transactions,
            JdbcClient jdbc) {
        this.replays = replays;
        this.trail = trail;
        this.consumption = consumption;
        this.bus = bus;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** Lets each replay take its next step; false if all of them wait for something. */
    boolean step() {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean moved = false;
            for (Replay replay : replays.lockUnderWay()) {
                moved |= step(replay);
            }
            return moved;
        }));
    }

    private boolean step(Replay replay) {
        return switch (replay.phase()) {
            case REQUESTED -> begin(replay);
            case HISTORY -> sendOr(replay, ReplayPhase.CATCHING_UP);
            case CATCHING_UP -> catchUp(replay);
            case REST -> sendOr(replay, ReplayPhase.ENDING);
            case ENDING -> end(replay, ReplayPhase.DONE);
            case CANCELING -> end(replay, ReplayPhase.CANCELED);
            case DONE, CANCELED -> false;
        };
    }

    private boolean begin(Replay replay) {
        mark(replay, replay.order().rebuild() ? Step.BEGIN : Step.BEGIN_AGAIN);
        replays.extend(replay.replayId());
        enter(replay, ReplayPhase.HISTORY);
        return true;
    }

    private boolean sendOr(Replay replay, ReplayPhase next) {
        Long nextTime = notBefore.get(replay.replayId());
        if (outboxIsFull() || nextTime != null && System.nanoTime() - nextTime < 0) {
            return false;
        }
        if (send(replay)) {
            return true;
        }
        if (next == ReplayPhase.ENDING) {
            mark(replay, Step.END);
        }
        enter(replay, next);
        return true;
    }

    /**
     * Once the target has taken what was sent, it surely waits with live messages. All it handled before lies before the end
     * of its topics, so when we have recorded up to there, we can send what it had handled and we did not know yet.
     */
    private boolean catchUp(Replay replay) {
        Consumption.Mark mark = marks.get(replay.replayId());
        if (mark == null) {
            if (consumption.hasTakenAll(replay.order().target())) {
                marks.put(replay.replayId(), consumption.mark());
            }
            return false;
        }
        if (!consumption.haveRecorded(mark)) {
            return false;
        }
        marks.remove(replay.replayId());
        replays.extend(replay.replayId());
        enter(replay, ReplayPhase.REST);
        return true;
    }

    /** Before the target has heard of the end, another replay must not begin. */
    private boolean end(Replay replay, ReplayPhase end) {
        if (!consumption.hasTakenAll(replay.order().target())) {
            return false;
        }
        marks.remove(replay.replayId());
        notBefore.remove(replay.replayId());
        enter(replay, end);
        return true;
    }

    private void enter(Replay replay, ReplayPhase phase) {
        replays.enter(replay.replayId(), phase);
        log.info("Replay {} to {}: {}.", replay.replayId(), replay.order().target(), phase);
    }

    private void mark(Replay replay, Step step) {
        bus.pass(ReplayedMessage.mark(replay.replayId(), replay.order().target(), step, SOURCE));
    }

    /** Breaks it off, in the current transaction: the target is told that no more comes, if it was told of it at all. */
    void callOff(Replay replay) {
        if (replay.phase() == ReplayPhase.REQUESTED) {
            enter(replay, ReplayPhase.CANCELED);
            return;
        }
        mark(replay, replay.order().rebuild() ? Step.CANCEL : Step.END);
        enter(replay, ReplayPhase.CANCELING);
    }

    /** The next records of one chain; false if all have been looked at. */
    private boolean send(Replay replay) {
        Optional<Place> place = jdbc.sql("""
                        select chain, position, until from replay_chain
                        where replay_id = :replayId and position < until order by chain limit 1
                        """)
                .param("replayId", replay.replayId())
                .query((row, number) ->
                        new Place(row.getString("chain"), row.getLong("position"), row.getLong("until")))
                .optional();
        if (place.isEmpty()) {
            return false;
        }
        int batch = batchOf(replay.order());
        Place from = place.get();
        Place to = endOf(from, batch);
        // Of a message about a person who was erased there is nothing left to tell.
        List<AuditEvent> wanted =
                trail
                        .between(from.chain(), from.position(), to.position(), WANTED, parametersOf(replay.order()))
                        .stream()
                        .filter(Predicate.not(AuditEvent::isErased))
                        .toList();
        wanted.forEach(event -> bus.pass(ReplayedMessage.wrap(
                replay.replayId(),
                replay.order().target(),
                envelopeOf(event),
                new Manner(!replay.order().rebuild(), replay.order().effects()))));
        jdbc.sql("update replay_chain set position = :position where replay_id = :replayId and chain = :chain")
                .param("position", to.position())
                .param("replayId", replay.replayId())
                .param("chain", from.chain())
                .update();
        jdbc.sql("update replay set looked_at = looked_at + :looked, sent = sent + :sent where replay_id = :replayId")
                .param("looked", to.position() - from.position())
                .param("sent", wanted.size())
                .param("replayId", replay.replayId())
                .update();
        slowDown(replay, wanted.size());
        return true;
    }

    private record Place(String chain, long position, long until) {}

    private static Place endOf(Place from, int batch) {
        return new Place(from.chain(), Math.min(from.position() + batch, from.until()), from.until());
    }

    private static int batchOf(ReplayOrder order) {
        return order.speed() == null ? BATCH : Math.clamp(order.speed() / 5, 1, BATCH);
    }

    private void slowDown(Replay replay, int sent) {
        if (replay.order().speed() != null) {
            notBefore.put(
                    replay.replayId(),
                    System.nanoTime() + sent * 1_000_000_000L / replay.order().speed());
        }
    }

    /** What is sent waits in the outbox, beside what others are told: it must not fill it. */
    private boolean outboxIsFull() {
        return jdbc.sql("select count(*) from (select from outbox limit :limit) waiting")
                        .param("limit", MOST_WAITING)
                        .query(Integer.class)
                        .single()
                >= MOST_WAITING;
    }

    static Map<String, @Nullable Object> parametersOf(ReplayOrder order) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("topics", order.topics().toArray(String[]::new));
        parameters.put("types", order.types().toArray(String[]::new));
        parameters.put("keys", order.keys().toArray(String[]::new));
        parameters.put("correlationId", order.correlationId());
        parameters.put("from", order.from() == null ? null : order.from().atOffset(ZoneOffset.UTC));
        parameters.put("to", order.to() == null ? null : order.to().atOffset(ZoneOffset.UTC));
        return parameters;
    }

    private static Envelope envelopeOf(AuditEvent event) {
        return new Envelope(
                event.eventId(),
                event.topic(),
                event.key(),
                event.type(),
                event.source(),
                event.occurredAt(),
                event.correlationId(),
                event.causationId(),
                event.traceparent(),
                event.annotations(),
                event.payload());
    }
}
