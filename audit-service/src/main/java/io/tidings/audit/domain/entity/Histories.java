package io.tidings.audit.domain.entity;

import io.tidings.audit.domain.AuditTrail;
import io.tidings.audit.domain.EventPage;
import io.tidings.audit.domain.flow.CauseTree;
import io.tidings.audit.domain.flow.FlowMessage;
import org.springframework.stereotype.Service;

/** Tells the past of anything that messages were about. */
@Service
public class Histories {

    /** Messages; of what has more nobody reads a history, and they are found by {@code GET /events}. */
    public static final int LONGEST = 10_000;

    /** Of payload, in MiB; a history of more would not fit into memory. */
    public static final int LARGEST = 4;

    private final AuditTrail trail;
    private final MessageReader reader;

    Histories(AuditTrail trail, MessageReader reader) {
        this.trail = trail;
        this.reader = reader;
    }

    /**
     * @return without steps if nobody has heard of it
     * @throws HistoryTooLongException if it is longer than {@link #LONGEST} or larger than {@link #LARGEST}
     */
    public History of(EntityType type, String id) {
        int bytes = LARGEST * 1_048_576;
        EventPage page = type == EntityType.ACCOUNT
                ? trail.paymentsOf(id, LONGEST, bytes)
                : trail.about(id, type.topics(), LONGEST, bytes);
        if (!page.isLast()) {
            throw new HistoryTooLongException();
        }
        return History.of(Fold.of(type), CauseTree.inOrder(page.events(), FlowMessage::of), reader);
    }
}
