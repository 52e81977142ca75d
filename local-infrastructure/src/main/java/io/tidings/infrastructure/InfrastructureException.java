package io.tidings.infrastructure;

/** The infrastructure cannot do what was asked. The message is one sentence that says what to do about it. */
public class InfrastructureException extends RuntimeException {

    public InfrastructureException(String message) {
        super(message);
    }

    public InfrastructureException(String message, Throwable cause) {
        super(message, cause);
    }
}
