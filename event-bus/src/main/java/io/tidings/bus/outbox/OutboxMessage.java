package io.tidings.bus.outbox;

import io.tidings.bus.message.Envelope;

/**
 * A message that waits to be sent.
 *
 * @param id its place in the outbox
 */
public record OutboxMessage(long id, Envelope envelope) {

    public String topic() {
        return envelope.topic();
    }

    public String key() {
        return envelope.key();
    }
}
