package io.tidings.email.sending;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientResponseException;

/** Finds out what a failure means for the mail, and for the others. */
final class Diagnosis {

    private static final int NO_SUCH_USER = 404;
    private static final int ERASED = 410;

    /** The server, or one before it, says that it can't answer anyone now. As opposed to 500, which may be this user's fault. */
    private static final Set<Integer> CAN_NOT_ANSWER = Set.of(429, 502, 503, 504);

    private Diagnosis() {}

    /** Whether a failure to learn addresses says that nobody learns any now. */
    static boolean isAway(RuntimeException failure) {
        return failure instanceof RestClientResponseException answer
                ? CAN_NOT_ANSWER.contains(answer.getStatusCode().value())
                : chain(failure).anyMatch(cause -> isUnreachable(cause) || isTimeout(cause));
    }

    /** Of a failure to learn a user's address. */
    static Outcome ofLookup(RuntimeException failure, UUID userId) {
        if (failure instanceof RestClientResponseException answer) {
            return ofAnswer(answer, userId);
        }
        if (chain(failure).anyMatch(Diagnosis::isUnreachable)) {
            return new Outcome.UserServiceAway("user-service can't be reached: " + lastWord(failure), failure);
        }
        if (chain(failure).anyMatch(Diagnosis::isTimeout)) {
            return new Outcome.UserServiceAway("user-service did not answer in time: " + lastWord(failure), failure);
        }
        return new Outcome.Postponed(
                "user-service did not say who user %s is: %s".formatted(userId, lastWord(failure)));
    }

    private static Outcome ofAnswer(RestClientResponseException answer, UUID userId) {
        int status = answer.getStatusCode().value();
        if (status == ERASED) {
            return new Outcome.Erased(userId);
        }
        if (status == NO_SUCH_USER) {
            return new Outcome.Refused("user-service knows no user %s.".formatted(userId));
        }
        String reason = "user-service answered %d when asked for user %s.".formatted(status, userId);
        return isAway(answer) ? new Outcome.UserServiceAway(reason, answer) : new Outcome.Postponed(reason);
    }

    /** No connection came about. */
    private static boolean isUnreachable(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnknownHostException;
    }

    /** As when user-service waits for its database, and for longer than we do. */
    private static boolean isTimeout(Throwable cause) {
        return cause instanceof HttpTimeoutException || cause instanceof SocketTimeoutException;
    }

    /** Of a failure to write a mail. */
    static Outcome ofWriting(MessagingException failure, String recipient) {
        return new Outcome.Unwritable("No mail can be written to %s: %s".formatted(recipient, lastWord(failure)));
    }

    /** Of having waited in vain for a connection that is free. No mail takes that long while the server answers. */
    static Outcome ofWaiting(Duration patience) {
        String reason = "The mail server is too slow: no connection to it was free within %d ms."
                .formatted(patience.toMillis());
        return new Outcome.MailServerAway(reason, new TimeoutException(reason));
    }

    /** Of a failure to reach the mail server, or to be let in. */
    static Outcome ofConnecting(Exception failure) {
        return new Outcome.MailServerAway("The mail server can't be reached: " + lastWord(failure), failure);
    }

    /** Of a failure to hand a mail to the mail server. */
    static Outcome ofSending(Exception failure, String recipient) {
        return chain(failure).anyMatch(Diagnosis::isPermanent)
                ? new Outcome.Refused("The mail server refuses mail to %s: %s".formatted(recipient, lastWord(failure)))
                : new Outcome.Postponed("The mail was not taken: " + lastWord(failure));
    }

    /** By the reply codes of <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1">SMTP</a>. */
    private static boolean isPermanent(Throwable cause) {
        return switch (cause) {
            case SMTPAddressFailedException ofRecipient -> ofRecipient.getReturnCode() / 100 == 5;
            // Others, such as 530, are about who we are and not about the mail.
            case SMTPSendFailedException ofMail -> ofMail.getReturnCode() / 10 == 55;
            case AddressException malformed -> true;
            default -> false;
        };
    }

    private static Stream<Throwable> chain(Throwable failure) {
        Set<Throwable> causes = new LinkedHashSet<>();
        @Nullable Throwable cause = failure;
        while (cause != null && causes.add(cause)) {
            cause = cause.getCause();
        }
        return causes.stream();
    }

    /** What the one who knows best says. */
    private static String lastWord(Throwable failure) {
        Throwable last = chain(failure).reduce(failure, (one, next) -> next);
        return last.getMessage() == null
                ? last.getClass().getSimpleName()
                : last.getMessage().strip();
    }
}
