package io.tidings.email.domain;

/** What became of a mail so far. */
public enum EmailStatus {
    /** It is to be sent, or is being sent. */
    PENDING,
    /** A mail server has taken it. */
    SENT,
    /** It can't be sent, and will not be tried again. */
    FAILED
}
