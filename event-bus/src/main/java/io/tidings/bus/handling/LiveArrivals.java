package io.tidings.bus.handling;

import io.tidings.bus.inbox.Inbox;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.ReplayedMessage;
import java.util.List;

/**
 * Live messages: what is noted is a duplicate and is dropped. What a replay noted is news to the handlers that the replay
 * spared, and goes to them alone.
 */
public final class LiveArrivals implements Arrivals {

    private final Inbox inbox;
    private final Recipients recipients;

    public LiveArrivals(Inbox inbox, Recipients recipients) {
        this.inbox = inbox;
        this.recipients = recipients;
    }

    @Override
    public Inbox.Arrival accept(List<Envelope> messages) {
        Inbox.Arrival arrival = inbox.accept(messages);
        List<Envelope> duplicates = arrival.othersOf(messages).stream()
                .filter(recipients::someAreSpared)
                .toList();
        if (duplicates.isEmpty()) {
            return arrival;
        }
        Inbox.Arrival late = inbox.acceptForSpared(duplicates);
        List<Envelope> toSpared =
                late.fresh().stream().map(ReplayedMessage::toSpared).toList();
        return arrival.and(new Inbox.Arrival(toSpared, late.someKeyIsParked()), messages);
    }

    @Override
    public Inbox.Arrival acceptNews(List<Envelope> messages) {
        return inbox.acceptNews(messages);
    }
}
