package io.tidings.email.handler;

import io.tidings.bus.EventHandler;
import io.tidings.bus.EventMetadata;
import io.tidings.bus.flow.Flow;
import io.tidings.email.domain.Cause;
import io.tidings.email.domain.EmailKind;
import io.tidings.email.domain.NewEmail;
import io.tidings.email.domain.Postbox;
import io.tidings.events.notification.AlertRaised;
import io.tidings.events.notification.Severity;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import org.springframework.stereotype.Component;

/** Notes which mails are to be sent. Sends none: a mail can't be rolled back. */
@Component
class EmailHandlers {

    private final Postbox postbox;

    EmailHandlers(Postbox postbox) {
        this.postbox = postbox;
    }

    @EventHandler
    void on(UserCreated created, EventMetadata metadata) {
        postbox.post(new NewEmail(EmailKind.WELCOME, created.userId(), created.userId(), causeOf(metadata)));
    }

    /** What is posted for them later is forgotten too: user-service, when it is asked, says that they were erased. */
    @EventHandler
    void on(UserErased erased) {
        postbox.erase(erased.userId());
    }

    @EventHandler
    void on(OrderCompleted completed, EventMetadata metadata) {
        postbox.post(
                new NewEmail(EmailKind.ORDER_COMPLETED, completed.userId(), completed.orderId(), causeOf(metadata)));
    }

    @EventHandler
    void on(OrderRejected rejected, EventMetadata metadata) {
        postbox.post(new NewEmail(
                EmailKind.ORDER_REJECTED, rejected.userId(), rejected.orderId(), rejected.reason(), causeOf(metadata)));
    }

    @EventHandler
    void on(OrderCanceled canceled, EventMetadata metadata) {
        postbox.post(new NewEmail(
                EmailKind.ORDER_CANCELED, canceled.userId(), canceled.orderId(), canceled.reason(), causeOf(metadata)));
    }

    @EventHandler
    void on(AlertRaised raised, EventMetadata metadata) {
        if (raised.severity() == Severity.CRITICAL) {
            postbox.post(NewEmail.toOperators(
                    raised.alertId(), "%s: %s".formatted(raised.rule(), raised.evidence()), causeOf(metadata)));
        }
    }

    private static Cause causeOf(EventMetadata metadata) {
        return new Cause(
                metadata.id(),
                metadata.correlationId(),
                Flow.current().traceParent().toString());
    }
}
