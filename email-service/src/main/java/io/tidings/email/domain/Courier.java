package io.tidings.email.domain;

/** Who fetches mails from the {@link Postbox} and sends them. */
@FunctionalInterface
public interface Courier {

    /** Says that there are mails to fetch. Returns at once. */
    void wake();
}
