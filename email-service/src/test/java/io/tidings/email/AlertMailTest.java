package io.tidings.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.operations.BusStatus;
import io.tidings.events.Topics;
import io.tidings.events.notification.AlertRaised;
import io.tidings.events.notification.Severity;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class AlertMailTest extends EmailServiceTest {

    private static final String OPERATORS = "ops@tidings.example";
    private static final int MANY = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    BusStatus busStatus;

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

    @Test
    void operators_are_told_of_an_outage_while_the_mails_of_many_users_wait_for_its_end() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        USERS.interrupt();
        try {
            many_mails_are_due(userId);
            await().until(() -> busStatus.waiting().containsKey("sending of mails to users"));
            // when
            AlertRaised raised = alert(Severity.CRITICAL);
            Kafka.tell(raised);
            // then
            await().until(() -> mailsAbout(raised).size() == 1);
            await().until(() -> isSent(raised));
            assertThat(busStatus.waiting())
                    .containsKey("sending of mails to users")
                    .doesNotContainKey("sending of mails");
            assertThat(numberOf("PENDING", userId)).isEqualTo(MANY);
        } finally {
            USERS.resume();
        }
        // and
        await().atMost(PATIENCE).until(() -> numberOf("SENT", userId) == MANY);
        assertThat(Mailboxes.of(address)).hasSize(MANY);
        assertThat(busStatus.waiting()).isEmpty();
    }

    private void many_mails_are_due(UUID userId) {
        database.sql("""
                        insert into email (id, user_id, kind, regarding, reason, subject, next_attempt_at,
                            event_id, correlation_id, traceparent)
                        select gen_random_uuid(), :userId, 'ORDER_COMPLETED', gen_random_uuid(), '', 'Your order',
                            now() - interval '1 minute', gen_random_uuid(), 'flow', ''
                        from generate_series(1, :many)
                        """).param("userId", userId).param("many", MANY).update();
    }

    private int numberOf(String status, UUID userId) {
        return database.sql("select count(*) from email where user_id = :userId and status = :status")
                .param("userId", userId)
                .param("status", status)
                .query(Integer.class)
                .single();
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
