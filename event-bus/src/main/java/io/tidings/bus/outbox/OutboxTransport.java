package io.tidings.bus.outbox;

import io.tidings.bus.message.Envelope;
import io.tidings.bus.publishing.Transport;
import java.util.List;

/** Writes messages into the outbox within the transaction, and wakes the relay after it unless it may not. */
public final class OutboxTransport implements Transport {

    private final Outbox outbox;
    private final Departure departure;

    /** @param wake whether the relay is woken; otherwise it looks by itself, as often as its settings say */
    public OutboxTransport(Outbox outbox, OutboxRelay relay, boolean wake) {
        this.outbox = outbox;
        this.departure = wake ? relay::wake : () -> {};
    }

    @Override
    public Departure prepare(List<Envelope> messages) {
        outbox.add(messages);
        return departure;
    }
}
