package io.tidings.bus.handling;

import io.tidings.bus.inbox.AlreadyNotedException;
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

    /**
     * The same in less time, where all of several messages are most likely news.
     *
     * @throws AlreadyNotedException if one is not; {@link #accept} takes them in another transaction
     * @throws RuntimeException as {@link Inbox#acceptNews} does
     */
    default Inbox.Arrival acceptNews(List<Envelope> messages) {
        return accept(messages);
    }
}
