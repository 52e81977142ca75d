package io.tidings.bus;

/** Thrown by a handler for what can never work, however often it is tried: the message becomes a dead letter at once. */
public class PermanentFailure extends RuntimeException {

    public PermanentFailure(String message) {
        super(message);
    }

    public PermanentFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
