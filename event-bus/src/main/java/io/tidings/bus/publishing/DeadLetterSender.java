package io.tidings.bus.publishing;

/** Tells of messages that could not be handled, in the transaction that parks or discards them. */
@FunctionalInterface
public interface DeadLetterSender {

    void send(DeadLetterNotice notice);
}
