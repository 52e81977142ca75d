package io.tidings.bus.inbox;

/** Messages were taken for news, and at least one of them was noted before. */
public final class AlreadyNotedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AlreadyNotedException(Throwable cause) {
        super("Of some messages that were taken for news, at least one was noted in the inbox before.", cause);
    }
}
