package io.tidings.bus.outbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the relay sends messages. */
public interface Broker extends AutoCloseable {

    /**
     * Sends the messages and waits, a bounded time, until each is acknowledged or refused. Once it returns, none of the
     * others can still arrive on its own, and none was sent after an earlier one of its key had failed.
     */
    Receipt send(List<OutboxMessage> messages);

    @Override
    void close();

    /**
     * What became of the messages, by their id. Those that are in neither did not reach the broker, or its answer did not
     * reach us.
     *
     * @param acknowledged taken, and kept by as many brokers as the topic asks for
     * @param refused with the reason; sending them again changes nothing until someone mends it
     * @param unreachable why the others got no answer
     */
    record Receipt(Set<Long> acknowledged, Map<Long, Exception> refused, Optional<Exception> unreachable) {}
}
