package io.tidings.bus;

import io.tidings.events.Command;
import io.tidings.events.Event;

/**
 * Tells other services what happened, and asks them to do something.
 *
 * <p>Within a transaction a message leaves if, and only if, the transaction commits; outside of one it opens its own.
 * Messages of one {@linkplain io.tidings.events.Message#key() key} arrive in the order in which their transactions
 * committed, provided that each changes what the key names under its row lock or version check. Every message arrives at
 * least once and is handled once by each service.
 *
 * <p>The pattern is the <a href="https://microservices.io/patterns/data/transactional-outbox.html">transactional
 * outbox</a>.
 */
public interface EventBus {

    /**
     * Tells everyone who listens.
     *
     * @throws MessageTooLargeException if the broker would refuse it
     * @throws IllegalArgumentException if the service states what it {@link Publishes}, and not this
     */
    void publish(Event event);

    /**
     * Asks the one service that owns the command.
     *
     * @throws MessageTooLargeException if the broker would refuse it
     * @throws IllegalArgumentException if the service states what it {@link Publishes}, and not this
     */
    void send(Command command);
}
