package io.tidings.bus.handling;

import io.tidings.bus.message.Envelope;

/** A message can't be redriven alone, because another of its key comes before it. */
public class MessageWaitsException extends RuntimeException {

    MessageWaitsException(Envelope message) {
        super("Another message of key %s on topic %s comes before this one: redrive the key, or the first of it."
                .formatted(message.key(), message.topic()));
    }
}
