package io.tidings.audit.domain.entity;

/** Something has more messages than can be told as one history. */
public final class HistoryTooLongException extends RuntimeException {

    HistoryTooLongException() {
        super("It has more than %,d messages, or more than %d MiB of them."
                .formatted(Histories.LONGEST, Histories.LARGEST));
    }
}
