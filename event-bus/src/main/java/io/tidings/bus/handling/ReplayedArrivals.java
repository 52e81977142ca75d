package io.tidings.bus.handling;

import io.tidings.bus.inbox.Inbox;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.ReplayedMessage;
import java.util.List;

/**
 * Messages of a replay. What it notes first is marked if handlers are spared: it will be news to them when it comes live.
 * Single messages that are told again are handled whether they were noted or not, and a note that was there says what it
 * said before of the spared.
 */
public final class ReplayedArrivals implements Arrivals {

    private final Inbox inbox;
    private final Recipients recipients;

    public ReplayedArrivals(Inbox inbox, Recipients recipients) {
        this.inbox = inbox;
        this.recipients = recipients;
    }

    @Override
    public Inbox.Arrival accept(List<Envelope> messages) {
        Inbox.Arrival arrival = inbox.accept(messages);
        inbox.markSpared(arrival.fresh().stream()
                .filter(ReplayedMessage::sparesOutside)
                .filter(recipients::someAreSpared)
                .toList());
        List<Envelope> again = arrival.othersOf(messages).stream()
                .filter(ReplayedMessage::isToldAgain)
                .toList();
        // With effects, nobody is spared: who was before hears of it now.
        inbox.acceptForSpared(again.stream()
                .filter(message -> !ReplayedMessage.sparesOutside(message))
                .filter(recipients::someAreSpared)
                .toList());
        return arrival.and(new Inbox.Arrival(again, false), messages);
    }
}
