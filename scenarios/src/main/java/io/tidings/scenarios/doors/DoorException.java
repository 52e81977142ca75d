package io.tidings.scenarios.doors;

/** There was no answer. The message says what to do about it. */
public final class DoorException extends RuntimeException {

    DoorException(String message, Throwable cause) {
        super(message, cause);
    }
}
