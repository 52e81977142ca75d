package io.tidings.user.domain;

/** Someone else has signed up with that address. */
public class EmailTakenException extends RuntimeException {

    EmailTakenException(String email, Throwable cause) {
        super("Someone has signed up with %s already: use another address.".formatted(email), cause);
    }
}
