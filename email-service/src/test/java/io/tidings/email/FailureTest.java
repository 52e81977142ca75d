package io.tidings.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.operations.BusStatus;
import io.tidings.events.Topics;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.Loopback;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class FailureTest extends EmailServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    BusStatus busStatus;

    @Test
    void mails_wait_while_user_service_is_away() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        UUID orderId = TimeOrderedId.next();
        USERS.interrupt();
        try {
            // when
            Kafka.tell(new UserCreated(userId));
            Kafka.tell(new OrderCompleted(orderId, userId));
            // then
            await().until(() -> emailsOf(userId).stream()
                            .filter(FailureTest::hasFailedBefore)
                            .count()
                    == 2);
            assertThat(emailsOf(userId)).allSatisfy(email -> {
                assertThat(email.get("status").asString()).isEqualTo("PENDING");
                assertThat(email.get("lastError").asString()).startsWith("user-service can't be reached");
            });
        } finally {
            USERS.resume();
        }
        // and
        await().atMost(PATIENCE).until(() -> Mailboxes.of(address).size() == 2);
        await().untilAsserted(() -> assertThat(emailsOf(userId)).allSatisfy(email -> {
            assertThat(email.get("status").asString()).isEqualTo("SENT");
            assertThat(email.get("attempts").asInt()).isEqualTo(1);
            assertThat(email.get("lastError").isNull()).isTrue();
        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void a_user_service_that_can_not_answer_uses_up_no_attempt(int status) {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        USERS.failWith(status);
        // when
        Kafka.tell(new UserCreated(userId));
        // then
        await().until(() -> emailsOf(userId).stream()
                .anyMatch(email -> email.get("lastError")
                        .asString("")
                        .equals("user-service answered %d when asked for user %s.".formatted(status, userId))));
        // when
        USERS.recover();
        // then
        await().atMost(PATIENCE).until(() -> statusOf(userId).equals("SENT"));
        assertThat(emailsOf(userId).getFirst().get("attempts").asInt()).isEqualTo(1);
        assertThat(Mailboxes.of(address)).hasSize(1);
    }

    @Test
    void a_user_service_that_takes_too_long_uses_up_no_attempt() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        USERS.fallSilent();
        // when
        Kafka.tell(new UserCreated(userId));
        // then
        await().atMost(PATIENCE)
                .until(() -> emailsOf(userId).stream()
                        .anyMatch(email ->
                                email.get("lastError").asString("").startsWith("user-service did not answer in time")));
        // when
        USERS.recover();
        // then
        await().atMost(PATIENCE).until(() -> statusOf(userId).equals("SENT"));
        assertThat(emailsOf(userId).getFirst().get("attempts").asInt()).isEqualTo(1);
        assertThat(Mailboxes.of(address)).hasSize(1);
    }

    @Test
    void user_service_is_asked_again_when_it_fails() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        USERS.failWith(500);
        // when
        Kafka.tell(new UserCreated(userId));
        await().until(() -> emailsOf(userId).stream().anyMatch(FailureTest::hasFailedBefore));
        USERS.recover();
        // then
        await().until(() -> Mailboxes.of(address).size() == 1);
        await().until(() -> statusOf(userId).equals("SENT"));
        assertThat(emailsOf(userId).getFirst().get("attempts").asInt()).isGreaterThan(1);
    }

    @Test
    void a_mail_that_keeps_failing_is_given_up() {
        // given
        UUID userId = USERS.signUp(someAddress(), "Ada");
        USERS.failWith(500);
        // when
        Kafka.tell(new UserCreated(userId));
        await().until(() -> statusOf(userId).equals("FAILED"));
        // then
        JsonNode email = emailsOf(userId).getFirst();
        assertThat(email.get("attempts").asInt()).isEqualTo(4);
        assertThat(email.get("lastError").asString())
                .isEqualTo(
                        "Given up at attempt 4: user-service answered 500 when asked for user %s.".formatted(userId));
        assertThat(email.get("nextAttemptAt").isNull()).isTrue();
    }

    @Test
    void a_user_whom_user_service_does_not_know_gets_no_mail() {
        // given
        UUID nobody = TimeOrderedId.next();
        // when
        Kafka.tell(new UserCreated(nobody));
        await().until(() -> statusOf(nobody).equals("FAILED"));
        // then
        JsonNode email = emailsOf(nobody).getFirst();
        assertThat(email.get("attempts").asInt()).isEqualTo(1);
        assertThat(email.get("lastError").asString()).isEqualTo("user-service knows no user %s.".formatted(nobody));
    }

    @Test
    void a_user_service_that_answers_anything_is_no_longer_away() {
        // given
        UUID nobody = TimeOrderedId.next();
        UUID other = USERS.signUp(someAddress(), "Ada");
        a_mail_is_due_tomorrow(other);
        USERS.interrupt();
        try {
            Kafka.tell(new UserCreated(nobody));
            await().until(() -> busStatus.waiting().containsKey("sending of mails to users"));
        } finally {
            // when
            USERS.resume();
        }
        // then
        await().atMost(PATIENCE).until(() -> statusOf(nobody).equals("FAILED"));
        await().until(() -> busStatus.waiting().isEmpty());
        assertThat(statusOf(other)).isEqualTo("PENDING");
        Kafka.tell(new UserErased(other));
    }

    @Test
    void a_mail_server_that_answers_anything_is_no_longer_away() {
        // given
        UUID userId = USERS.signUp(someAddress(), "Ada");
        UUID other = USERS.signUp(someAddress(), "Grace");
        a_mail_is_due_tomorrow(other);
        theMailServerIsAt(Loopback.anyFree());
        Kafka.tell(new UserCreated(userId));
        await().until(() -> busStatus.waiting().containsKey("sending of mails"));
        // when
        try (StrictMailServer mailServer = new StrictMailServer(recipient -> "550 5.1.1 There is no such mailbox")) {
            theMailServerIsAt(mailServer.port());
            await().atMost(PATIENCE).until(() -> statusOf(userId).equals("FAILED"));
        }
        // then
        await().until(() -> busStatus.waiting().isEmpty());
        assertThat(statusOf(other)).isEqualTo("PENDING");
        Kafka.tell(new UserErased(other));
    }

    @Test
    void a_server_that_is_away_is_no_trouble_when_nothing_waits_for_it() {
        // given
        UUID userId = USERS.signUp(someAddress(), "Ada");
        USERS.interrupt();
        try {
            Kafka.tell(new UserCreated(userId));
            await().until(() -> busStatus.waiting().containsKey("sending of mails to users"));
            // when
            Kafka.tell(new UserErased(userId));
            // then
            await().atMost(PATIENCE).until(() -> statusOf(userId).equals("FAILED"));
            await().atMost(PATIENCE).until(() -> busStatus.waiting().isEmpty());
        } finally {
            USERS.resume();
        }
    }

    /** So that there is always one that waits. */
    private void a_mail_is_due_tomorrow(UUID userId) {
        database.sql("""
                        insert into email (id, user_id, kind, regarding, reason, subject, next_attempt_at,
                            event_id, correlation_id, traceparent)
                        values (:id, :userId, 'WELCOME', :userId, '', 'Welcome', now() + interval '1 day', :id, 'flow', '')
                        """)
                .param("id", TimeOrderedId.next())
                .param("userId", userId)
                .update();
    }

    @Test
    void mails_are_recorded_while_the_mail_server_is_away_and_sent_when_it_is_back() throws IOException {
        // given
        List<String> addresses = Stream.generate(EmailServiceTest::someAddress)
                .limit(40) // more than there are connections
                .toList();
        List<UUID> userIds =
                addresses.stream().map(address -> USERS.signUp(address, "Ada")).toList();
        theMailServerIsAt(Loopback.anyFree());
        // when
        userIds.forEach(userId -> Kafka.tell(new UserCreated(userId)));
        // then
        await().until(() -> userIds.stream().allMatch(userId -> statusOf(userId).equals("PENDING")));
        await().until(() -> userIds.stream()
                .flatMap(userId -> emailsOf(userId).stream())
                .anyMatch(email -> email.get("lastError").asString("").startsWith("The mail server can't be reached")));
        // when
        theMailServerIsAt(Infrastructure.shared().mail().smtpPort());
        // then
        await().atMost(PATIENCE)
                .until(() ->
                        userIds.stream().allMatch(userId -> statusOf(userId).equals("SENT")));
        assertThat(addresses)
                .allSatisfy(address -> assertThat(Mailboxes.of(address)).hasSize(1));
    }

    @Test
    void a_mail_server_that_hangs_up_between_two_mails_costs_no_attempt() throws IOException {
        // given
        UUID first = USERS.signUp(someAddress(), "Ada");
        UUID next = USERS.signUp(someAddress(), "Grace");
        try (StrictMailServer mailServer = new StrictMailServer(recipient -> null)) {
            theMailServerIsAt(mailServer.port());
            Kafka.tell(new UserCreated(first));
            await().until(() -> statusOf(first).equals("SENT"));
            // when
            mailServer.hangUp();
            Kafka.tell(new UserCreated(next));
            // then
            await().until(() -> statusOf(next).equals("SENT"));
            assertThat(mailServer.connections()).isEqualTo(2);
        }
        assertThat(emailsOf(next).getFirst().get("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void a_refused_address_is_not_tried_again() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        AtomicInteger asked = new AtomicInteger();
        try (StrictMailServer mailServer = new StrictMailServer(recipient -> {
            asked.incrementAndGet();
            return "550 5.1.1 There is no such mailbox";
        })) {
            theMailServerIsAt(mailServer.port());
            // when
            Kafka.tell(new UserCreated(userId));
            await().until(() -> statusOf(userId).equals("FAILED"));
        }
        // then
        assertThat(asked).hasValue(1);
        assertThat(get("/emails?status=FAILED").get("emails").valueStream())
                .filteredOn(email -> email.get("userId").asString().equals(userId.toString()))
                .singleElement()
                .satisfies(email -> {
                    assertThat(email.get("recipient").asString()).isEqualTo(address);
                    assertThat(email.get("lastError").asString())
                            .isEqualTo("The mail server refuses mail to %s: 550 5.1.1 There is no such mailbox"
                                    .formatted(address));
                });
    }

    @Test
    void what_is_no_address_is_refused() {
        // given
        UUID userId = USERS.signUp("ada lovelace@example.org", "Ada");
        // when
        Kafka.tell(new UserCreated(userId));
        await().until(() -> statusOf(userId).equals("FAILED"));
        // then
        assertThat(emailsOf(userId).getFirst().get("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void an_address_that_is_refused_for_now_is_tried_again() {
        // given
        UUID userId = USERS.signUp(someAddress(), "Ada");
        AtomicBoolean greylisted = new AtomicBoolean(true);
        try (StrictMailServer mailServer = new StrictMailServer(
                recipient -> greylisted.getAndSet(false) ? "450 4.7.1 Greylisted, come back later" : null)) {
            theMailServerIsAt(mailServer.port());
            // when
            Kafka.tell(new UserCreated(userId));
            await().until(() -> statusOf(userId).equals("SENT"));
            // then
            assertThat(mailServer.getReceivedMessages()).hasSize(1);
        }
        assertThat(emailsOf(userId).getFirst().get("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void a_mail_that_was_put_off_is_tried_again_after_its_pause_although_another_is_still_in_hand() {
        // given
        String slow = someAddress();
        String putOff = someAddress();
        UUID slowUser = USERS.signUp(slow, "Ada");
        UUID putOffUser = USERS.signUp(putOff, "Grace");
        CountDownLatch slowIsAsked = new CountDownLatch(1);
        CountDownLatch slowMayGo = new CountDownLatch(1);
        List<Instant> attempts = new CopyOnWriteArrayList<>();
        try (StrictMailServer mailServer = new StrictMailServer(recipient -> {
            if (recipient.equals(slow)) {
                slowIsAsked.countDown();
                await().until(() -> slowMayGo.getCount() == 0);
                return null;
            }
            attempts.add(Instant.now());
            return attempts.size() < 4 ? "450 4.7.1 Greylisted, come back later" : null;
        })) {
            theMailServerIsAt(mailServer.port());
            try {
                Kafka.tell(new UserCreated(slowUser));
                await().until(() -> slowIsAsked.getCount() == 0);
                // when
                Kafka.tell(new UserCreated(putOffUser));
                await().until(() -> attempts.size() == 4);
                // then: its three pauses are 250 ms at most, and three polls would be 3 s
                assertThat(Duration.between(attempts.getFirst(), attempts.getLast()))
                        .isLessThan(Duration.ofSeconds(2));
                assertThat(statusOf(slowUser)).isEqualTo("PENDING");
            } finally {
                slowMayGo.countDown();
            }
            await().until(() -> statusOf(slowUser).equals("SENT"));
            await().until(() -> statusOf(putOffUser).equals("SENT"));
        }
    }

    @Test
    void a_mail_of_a_worker_that_died_is_sent_when_its_lease_ends() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        // when
        database.sql("""
                        insert into email (id, user_id, kind, regarding, reason, subject, attempts, next_attempt_at,
                            event_id, correlation_id, traceparent)
                        values (:id, :userId, 'WELCOME', :userId, '', 'Welcome', 1, now() + interval '1500 ms',
                            :id, 'flow', '')
                        """)
                .param("id", TimeOrderedId.next())
                .param("userId", userId)
                .update();
        // then
        await().until(() -> Mailboxes.of(address).size() == 1);
        await().until(() -> statusOf(userId).equals("SENT"));
        assertThat(emailsOf(userId).getFirst().get("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void a_mail_is_sent_once_although_the_database_is_away_when_it_was_taken() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        Infrastructure infrastructure = Infrastructure.shared();
        AtomicBoolean interrupted = new AtomicBoolean();
        try (StrictMailServer mailServer = new StrictMailServer(recipient -> null, () -> {
            if (interrupted.compareAndSet(false, true)) {
                infrastructure.interruptPostgres();
            }
        })) {
            theMailServerIsAt(mailServer.port());
            // when
            Kafka.tell(new UserCreated(userId));
            await().atMost(PATIENCE).untilTrue(interrupted);
            infrastructure.resumePostgres();
            // then
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> statusOf(userId).equals("SENT"));
            assertThat(mailServer.getReceivedMessages()).hasSize(1);
        }
        await().until(() -> Kafka.allOf(Topics.NOTIFICATIONS).stream()
                        .filter(message -> message.key().equals(userId.toString()))
                        .count()
                == 1);
    }

    private static boolean hasFailedBefore(JsonNode email) {
        return !email.get("lastError").isNull();
    }

    private String statusOf(UUID userId) {
        return emailsOf(userId).stream()
                .map(email -> email.get("status").asString())
                .findFirst()
                .orElse("");
    }
}
