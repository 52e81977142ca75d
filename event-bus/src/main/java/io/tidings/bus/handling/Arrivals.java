package io.tidings.bus.handling;

import io.tidings.bus.inbox.Inbox;
import io.tidings.bus.message.Envelope;
import java.util.List;

/** Notes messages in the inbox, and tells which of them are news, and to whom. */
public interface Arrivals {

    /**
     * Within the current transaction.
     *
     * @throws RuntimeException as {@link Inbox#accept} does
     */
    Inbox.Arrival accept(List<Envelope> messages);
}
