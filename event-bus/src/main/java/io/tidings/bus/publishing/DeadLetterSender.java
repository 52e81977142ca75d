package io.tidings.bus.publishing;

/** Publishes copies of messages that could not be handled, in the transaction that moves on without them. */
@FunctionalInterface
public interface DeadLetterSender {

    void send(DeadLetter deadLetter);
}
