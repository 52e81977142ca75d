package io.tidings.audit.domain.entity;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.audit.domain.flow.CauseTree;
import io.tidings.audit.domain.flow.FlowMessage;
import java.util.List;
import org.springframework.stereotype.Service;

/** Tells the past of anything that messages were about. */
@Service
public class Histories {

    /** Of what has more messages nobody reads a history; they are found by {@code GET /events}. */
    public static final int LONGEST = 10_000;

    private final AuditTrail trail;
    private final MessageReader reader;

    Histories(AuditTrail trail, MessageReader reader) {
        this.trail = trail;
        this.reader = reader;
    }

    /**
     * @return without steps if nobody has heard of it
     * @throws HistoryTooLongException if it has more messages than {@link #LONGEST}
     */
    public History of(EntityType type, String id) {
        List<AuditEvent> events = type == EntityType.ACCOUNT
                ? trail.paymentsOf(id, LONGEST + 1)
                : trail.about(id, type.topics(), LONGEST + 1);
        if (events.size() > LONGEST) {
            throw new HistoryTooLongException();
        }
        return History.of(Fold.of(type), CauseTree.inOrder(events, FlowMessage::of), reader);
    }
}
