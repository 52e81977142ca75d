package io.tidings.allinone;

/** It can't be started. The message is a sentence that says what to do. */
final class StartException extends RuntimeException {

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
