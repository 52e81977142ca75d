package io.tidings.audit.domain.replay;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.audit.domain.ChainPart;
import io.tidings.audit.domain.ChainRecords;
import io.tidings.audit.domain.flow.FlowMessage;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.ReplayedMessage;
import io.tidings.bus.message.ReplayedMessage.Manner;
import io.tidings.bus.message.ReplayedMessage.Step;
import io.tidings.bus.publishing.TransactionalEventBus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final Logger log = LoggerFactory.getLogger(ReplaySender.class);
    private static final String SOURCE = "/audit-service";
    private static final int BATCH = 1_000;
    private static final int STEPS_A_SECOND = 5;
    private static final int MOST_WAITING = 5_000;
    private static final byte[] NOTHING = {};

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
        boolean moved = false;
        for (Replay replay : replays.underWay()) {
            moved |= mayGoOn(replay) && stepIn(replay.phase(), replay.replayId());
        }
        return moved;
    }

    /**
     * Whether what the replay waits for has come. To ask for it takes a while and needs no lock: a replay that waits sends
     * nothing, so what was taken and recorded once stays so for as long as it is in this phase.
     */
    private boolean mayGoOn(Replay replay) {
        return switch (replay.phase()) {
            case REQUESTED, HISTORY, REST -> true;
            case CATCHING_UP -> hasCaughtUp(replay);
            // Before the target has heard of the end, another replay must not begin.
            case ENDING, CANCELING -> consumption.hasTakenAll(replay.order().target());
            case DONE, CANCELED -> false;
        };
    }

    private boolean stepIn(ReplayPhase phase, UUID replayId) {
        return Boolean.TRUE.equals(transactions.execute(
                transaction -> replays.lockIn(phase, replayId).map(this::step).orElse(false)));
    }

    private boolean step(Replay replay) {
        return switch (replay.phase()) {
            case REQUESTED -> begin(replay);
            case HISTORY -> sendOr(replay, ReplayPhase.CATCHING_UP);
            case CATCHING_UP -> sendRest(replay);
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
    private boolean hasCaughtUp(Replay replay) {
        Consumption.Mark mark = marks.get(replay.replayId());
        if (mark == null) {
            if (consumption.hasTakenAll(replay.order().target())) {
                marks.put(replay.replayId(), consumption.mark());
            }
            return false;
        }
        return consumption.haveRecorded(mark);
    }

    private boolean sendRest(Replay replay) {
        marks.remove(replay.replayId());
        replays.extend(replay.replayId());
        enter(replay, ReplayPhase.REST);
        return true;
    }

    private boolean end(Replay replay, ReplayPhase end) {
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
        Optional<ChainPart> next = jdbc.sql("""
                        select chain, position, least(position + :batch, until) as up_to from replay_chain
                        where replay_id = :replayId and position < until order by chain limit 1
                        """)
                .param("batch", BATCH)
                .param("replayId", replay.replayId())
                .query((row, number) ->
                        new ChainPart(row.getString("chain"), row.getLong("position"), row.getLong("up_to")))
                .optional();
        if (next.isEmpty()) {
            return false;
        }
        WantedRecords wanted = WantedRecords.of(replay.order());
        ChainRecords read =
                trail.in(inTime(next.get(), wanted, replay.order()), wanted.condition(), wanted.parameters());
        ChainPart part = read.part();
        List<AuditEvent> told =
                read.events().stream().filter(ReplaySender::canBeTold).toList();
        told.forEach(event -> bus.pass(ReplayedMessage.wrap(
                replay.replayId(),
                replay.order().target(),
                envelopeOf(event),
                new Manner(!replay.order().rebuild(), replay.order().effects()))));
        jdbc.sql("update replay_chain set position = :position where replay_id = :replayId and chain = :chain")
                .param("position", part.upTo())
                .param("replayId", replay.replayId())
                .param("chain", part.chain())
                .update();
        jdbc.sql("update replay set looked_at = looked_at + :looked, sent = sent + :sent where replay_id = :replayId")
                .param("looked", part.length())
                .param("sent", told.size())
                .param("replayId", replay.replayId())
                .update();
        slowDown(replay, told.size());
        return true;
    }

    /** Speed limits what is sent, and not what is looked at: of a log of millions a replay may want three. */
    private ChainPart inTime(ChainPart part, WantedRecords wanted, ReplayOrder order) {
        if (order.speed() == null) {
            return part;
        }
        int most = Math.clamp(order.speed() / STEPS_A_SECOND, 1, BATCH);
        return trail.beginningOf(part, most, wanted.condition(), wanted.parameters());
    }

    /**
     * Of a message about a person who was erased there is nothing left to tell. Of a dead letter there is: that it was one.
     * Whoever hears of those takes them as they come, readable or not.
     */
    private static boolean canBeTold(AuditEvent event) {
        return !event.isErased() || FlowMessage.of(event).isDeadLetter();
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
                event.isErased() ? NOTHING : event.payload());
    }
}
