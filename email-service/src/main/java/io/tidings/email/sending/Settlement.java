package io.tidings.email.sending;

import io.tidings.bus.EventBus;
import io.tidings.bus.flow.Flow;
import io.tidings.bus.operations.Pace;
import io.tidings.email.domain.Cause;
import io.tidings.email.domain.Emails;
import io.tidings.email.sending.Outcome.Away;
import io.tidings.email.sending.Outcome.Erased;
import io.tidings.email.sending.Outcome.Postponed;
import io.tidings.email.sending.Outcome.Refused;
import io.tidings.email.sending.Outcome.Sent;
import io.tidings.email.sending.Outcome.Unwritable;
import io.tidings.events.notification.EmailSent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notes how an attempt ended, and tells everyone of a mail that was sent, in the flow of what caused it. Mails that are sent
 * at the same time share a transaction.
 */
@Component
class Settlement {

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private final DueEmails emails;
    private final Emails allEmails;
    private final EventBus eventBus;
    private final TransactionTemplate transactions;
    private final SendingProperties properties;
    private final GroupCommit<SentEmail> sent = new GroupCommit<>(this::noteAndTell);

    Settlement(
            DueEmails emails,
            Emails allEmails,
            EventBus eventBus,
            TransactionTemplate transactions,
            SendingProperties properties) {
        this.emails = emails;
        this.allEmails = allEmails;
        this.eventBus = eventBus;
        this.transactions = transactions;
        this.properties = properties;
    }

    /** May be called again for the same attempt, if it threw. */
    void settle(DueEmail email, Attempt attempt) {
        switch (attempt.outcome()) {
            case Sent(String recipient) -> sent.commit(new SentEmail(email, recipient));
            case Refused(String reason) -> failed(email, attempt.recipient(), reason);
            case Erased(UUID userId) -> forget(email, userId);
            case Unwritable(String reason) -> failed(email, attempt.recipient(), reason);
            case Postponed(String reason)
            when email.attempts() >= properties.attempts() ->
                failed(email, attempt.recipient(), "Given up at attempt %d: %s".formatted(email.attempts(), reason));
            case Postponed(String reason) ->
                emails.postponed(email, attempt.recipient(), reason, pauseAfter(email.attempts()));
            case Away away -> emails.returned(email, attempt.recipient(), away.reason());
        }
    }

    private void noteAndTell(List<SentEmail> sent) {
        transactions.executeWithoutResult(transaction -> {
            Set<UUID> news = emails.sent(sent);
            sent.stream()
                    .map(SentEmail::email)
                    .filter(email -> news.contains(email.id()))
                    .forEach(this::tell);
        });
    }

    /** What operators get is nothing that the shop told a user. */
    private void tell(DueEmail email) {
        UUID userId = email.userId();
        if (userId != null) {
            flowOf(email.cause())
                    .run(() -> eventBus.publish(new EmailSent(
                            email.id(),
                            userId,
                            email.kind().name(),
                            email.regarding().toString())));
        }
    }

    private void failed(DueEmail email, @Nullable String recipient, String reason) {
        emails.failed(email, recipient, reason);
        log.error(
                "Mail {} ({} regarding {}) is given up; tell {} in another way: {}",
                email.id(),
                email.kind(),
                email.regarding(),
                email.userId() == null ? "the operators" : "user " + email.userId(),
                reason);
    }

    private void forget(DueEmail email, UUID userId) {
        allEmails.erase(Set.of(userId));
        log.info(
                "Mail {} ({} regarding {}) is not sent, since user {} was erased.",
                email.id(),
                email.kind(),
                email.regarding(),
                userId);
    }

    private Duration pauseAfter(int attempts) {
        return Stream.iterate(new Pace(properties.firstPause(), properties.longestPause()), Pace::slower)
                .skip(attempts - 1L)
                .findFirst()
                .orElseThrow()
                .pause();
    }

    private static Flow flowOf(Cause cause) {
        return Flow.resume(cause.correlationId(), cause.eventId().toString(), cause.traceparent());
    }
}
