package io.tidings.payment.eventstore;

import java.util.UUID;
import org.springframework.dao.OptimisticLockingFailureException;

/** Someone else has changed the stream since it was loaded. Nothing was appended. */
public class WrongExpectedVersionException extends OptimisticLockingFailureException {

    WrongExpectedVersionException(UUID streamId, long expectedVersion) {
        super("Stream %s is not at version %d any more, because someone else was first: load it, and decide again."
                .formatted(streamId, expectedVersion));
    }
}
