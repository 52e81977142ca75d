package io.tidings.bus.handling;

/** What can be hoped for after a failure. */
public enum FailureKind {
    /** The service's own database or broker is away or busy: wait as long as it takes. Says nothing about the message. */
    INFRASTRUCTURE,
    /** It may pass: try the message again a few times. */
    TRANSIENT,
    /** It can't: the message is a dead letter. */
    PERMANENT
}
