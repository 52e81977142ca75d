package io.tidings.payment.domain;

/** What became of a user's request to move money. */
public sealed interface Answer {

    /** @param account as it is now */
    record Granted(Account account) implements Answer {}

    record Denied(Refusal refusal) implements Answer {}
}
