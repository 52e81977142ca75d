package io.tidings.email.sending;

import java.util.UUID;

/** How an attempt to send a mail ended. */
sealed interface Outcome {

    /** A mail server has taken it. */
    record Sent(String recipient) implements Outcome {}

    /** It can't be sent, however often it is tried. */
    record Refused(String reason) implements Outcome {}

    /** The user is erased: nothing may be sent to them, and nothing of them kept. */
    record Erased(UUID userId) implements Outcome {}

    /** No letter could be written, as to what is no address, and so no mail server was asked. */
    record Unwritable(String reason) implements Outcome {}

    /** It was not sent, for a reason that may be its own and may pass. */
    record Postponed(String reason) implements Outcome {}

    /** It was not sent, because a server that others need as well is away. That says nothing of the mail. */
    sealed interface Away extends Outcome {

        String reason();
    }

    /** Whoever writes to users must wait. */
    record UserServiceAway(String reason, Exception failure) implements Away {}

    /** Everyone must wait. */
    record MailServerAway(String reason, Exception failure) implements Away {}
}
