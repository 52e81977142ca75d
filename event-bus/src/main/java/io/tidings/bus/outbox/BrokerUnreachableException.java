package io.tidings.bus.outbox;

/** The broker gave no answer in time. What waits in the outbox waits on. */
public class BrokerUnreachableException extends RuntimeException {

    BrokerUnreachableException(Exception cause) {
        super(
                "The broker gave no answer in time (%s); messages wait in the outbox until it does."
                        .formatted(cause.getMessage()),
                cause);
    }
}
