package io.tidings.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.Envelope;
import io.tidings.events.Topics;
import io.tidings.events.notification.AlertRaised;
import io.tidings.events.notification.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AlertMailTest extends EmailServiceTest {

    private static final String OPERATORS = "ops@tidings.example";

    @Test
    void operators_are_told_of_a_critical_alert_once() {
        // given
        AlertRaised raised = alert(Severity.CRITICAL);
        Envelope message = Kafka.envelope(raised);
        // when
        Kafka.tell(message);
        Kafka.tell(message);
        Kafka.tell(raised);
        // then
        await().until(() -> isSent(raised));
        all_that_was_told_is_sent();
        assertThat(mailsAbout(raised)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Alert %s: an operator is needed".formatted(raised.alertId()));
            assertThat(mail.text())
                    .startsWith("Hello,")
                    .contains("PaymentFailureRate: 12 of 12 payments failed within 5 minutes.");
        });
        // and
        JsonNode listed = listed(raised).getFirst();
        assertThat(listed.get("kind").asString()).isEqualTo("ALERT");
        assertThat(listed.get("userId").isNull()).isTrue();
        assertThat(listed.get("recipient").asString()).isEqualTo(OPERATORS);
        assertThat(listed.get("status").asString()).isEqualTo("SENT");
        // and nobody hears that a user got a mail
        assertThat(Kafka.allOf(Topics.NOTIFICATIONS))
                .filteredOn(told ->
                        new String(told.value()).contains(raised.alertId().toString()))
                .allSatisfy(told -> assertThat(Kafka.header(told, "ce_type")).isEqualTo("io.tidings.AlertRaised.v1"));
    }

    @Test
    void operators_are_not_woken_by_a_warning() {
        // given
        AlertRaised warning = alert(Severity.WARNING);
        // when
        Kafka.tell(warning);
        AlertRaised last = alert(Severity.CRITICAL);
        Kafka.tell(last);
        await().until(() -> !mailsAbout(last).isEmpty());
        // then: alerts of a rule are heard in their order
        assertThat(listed(warning)).isEmpty();
    }

    private void all_that_was_told_is_sent() {
        AlertRaised last = alert(Severity.CRITICAL);
        Kafka.tell(last);
        await().until(() -> isSent(last));
    }

    private boolean isSent(AlertRaised alert) {
        return listed(alert).stream()
                .anyMatch(email -> email.get("status").asString().equals("SENT"));
    }

    private static AlertRaised alert(Severity severity) {
        return new AlertRaised(
                TimeOrderedId.next(), "PaymentFailureRate", severity, "12 of 12 payments failed within 5 minutes.");
    }

    private static List<Mailboxes.Mail> mailsAbout(AlertRaised alert) {
        return Mailboxes.of(OPERATORS).stream()
                .filter(mail -> mail.subject().contains(alert.alertId().toString()))
                .toList();
    }

    private List<JsonNode> listed(AlertRaised alert) {
        return get("/emails?limit=1000")
                .get("emails")
                .valueStream()
                .filter(email ->
                        email.get("regarding").asString().equals(alert.alertId().toString()))
                .toList();
    }
}
