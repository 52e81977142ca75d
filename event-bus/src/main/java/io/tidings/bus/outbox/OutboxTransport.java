package io.tidings.bus.outbox;

import io.tidings.bus.message.Envelope;
import io.tidings.bus.publishing.Transport;
import java.util.List;

/** Writes messages into the outbox within the transaction, and wakes the relay after it. */
public final class OutboxTransport implements Transport {

    private final Outbox outbox;
    private final OutboxRelay relay;

    public OutboxTransport(Outbox outbox, OutboxRelay relay) {
        this.outbox = outbox;
        this.relay = relay;
    }

    @Override
    public Departure prepare(List<Envelope> messages) {
        outbox.add(messages);
        return relay::wake;
    }
}
