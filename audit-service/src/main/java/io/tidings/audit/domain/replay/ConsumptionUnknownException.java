package io.tidings.audit.domain.replay;

/** Nobody can tell at this moment who listens, or how far they have read. It passes. */
public final class ConsumptionUnknownException extends RuntimeException {

    public ConsumptionUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
