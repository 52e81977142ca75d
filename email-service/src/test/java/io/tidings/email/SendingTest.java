package io.tidings.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.Envelope;
import io.tidings.email.domain.Courier;
import io.tidings.events.Topics;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.user.UserCreated;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SendingTest extends EmailServiceTest {

    @Autowired
    Environment environment;

    @Autowired
    Courier courier;

    @Autowired
    MeterRegistry metrics;

    @Test
    void a_welcome_mail_arrives_once_although_the_event_comes_twice() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        Envelope created = Kafka.envelope(new UserCreated(userId));
        // when
        Kafka.tell(created);
        Kafka.tell(created);
        whatWasToldBeforeIsHandled(Topics.USERS, userId.toString());
        // then
        await().until(() -> !Mailboxes.of(address).isEmpty());
        assertThat(Mailboxes.of(address)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Welcome to Tidings");
            assertThat(mail.from()).isEqualTo("shop@tidings.example");
            assertThat(mail.text()).startsWith("Hello Ada,");
        });
        assertThat(emailsOf(userId)).hasSize(1);
    }

    @Test
    void users_are_told_what_became_of_their_orders() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Grace");
        UUID completed = TimeOrderedId.next();
        UUID rejected = TimeOrderedId.next();
        UUID canceled = TimeOrderedId.next();
        // when
        Kafka.tell(new OrderCompleted(completed, userId));
        Kafka.tell(new OrderRejected(rejected, userId, "There are 2 pieces of LAMP, not 3."));
        Kafka.tell(new OrderCanceled(canceled, userId, "You called it off."));
        // then
        await().until(() -> Mailboxes.of(address).size() == 3);
        Map<String, String> texts =
                Mailboxes.of(address).stream().collect(Collectors.toMap(Mailboxes.Mail::subject, Mailboxes.Mail::text));
        assertThat(texts)
                .containsOnlyKeys(
                        "Your order %s is on its way".formatted(completed),
                        "We can't deliver your order %s".formatted(rejected),
                        "Your order %s is canceled".formatted(canceled));
        assertThat(texts.get("We can't deliver your order %s".formatted(rejected)))
                .contains("Hello Grace", "There are 2 pieces of LAMP, not 3.");
        assertThat(texts.get("Your order %s is canceled".formatted(canceled))).contains("You called it off.");
    }

    @Test
    void there_is_one_mail_for_each_order_and_kind_whatever_is_told() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Edsger");
        UUID orderId = TimeOrderedId.next();
        // when
        Kafka.tell(new OrderCompleted(orderId, userId));
        Kafka.tell(new OrderCompleted(orderId, userId));
        whatWasToldBeforeIsHandled(Topics.ORDERS, orderId.toString());
        // then
        await().until(() -> !Mailboxes.of(address).isEmpty());
        assertThat(Mailboxes.of(address)).hasSize(1);
        assertThat(emailsOf(userId)).hasSize(1);
    }

    @Test
    void of_the_users_of_mails_that_are_due_together_user_service_is_asked_once() {
        // given
        Map<UUID, String> addresses = Stream.generate(EmailServiceTest::someAddress)
                .limit(3)
                .collect(Collectors.toMap(address -> USERS.signUp(address, "Ada"), address -> address));
        Set<UUID> userIds = addresses.keySet();
        // when
        mailsAreDueTo(userIds);
        // then
        await().until(() -> userIds.stream().allMatch(this::isSent));
        assertThat(userIds)
                .allSatisfy(userId -> assertThat(USERS.requestsFor(userId))
                        .singleElement()
                        .asString()
                        .contains(userIds.stream().map(UUID::toString).toList()));
        assertThat(addresses.values())
                .allSatisfy(address -> assertThat(Mailboxes.of(address)).hasSize(1));
    }

    @Test
    void requests_for_users_are_one_metric_however_many_are_asked_for() {
        for (int users = 2; users <= 4; users++) {
            // given
            Set<UUID> userIds = Stream.generate(() -> USERS.signUp(someAddress(), "Ada"))
                    .limit(users)
                    .collect(Collectors.toSet());
            // when
            mailsAreDueTo(userIds);
            // then
            await().until(() -> userIds.stream().allMatch(this::isSent));
        }
        assertThat(metrics.get("http.client.requests").timers())
                .extracting(timer -> timer.getId().getTag("uri"))
                .filteredOn(uri -> uri.startsWith("/users?"))
                .containsOnly("/users?userId={userIds}");
    }

    @Test
    void of_many_mails_each_arrives_once() {
        // given
        Map<UUID, String> addresses = IntStream.range(0, 60)
                .mapToObj(number -> someAddress())
                .collect(Collectors.toMap(address -> USERS.signUp(address, "Alan"), address -> address));
        // when
        addresses.keySet().forEach(userId -> Kafka.tell(new UserCreated(userId)));
        // then
        await().until(() -> addresses.keySet().stream().allMatch(this::isSent));
        assertThat(addresses.values())
                .allSatisfy(address -> assertThat(Mailboxes.of(address)).hasSize(1));
    }

    @Test
    void mails_share_connections_to_a_mail_server_however_slow_it_is() {
        // given
        Set<UUID> userIds = Stream.generate(() -> USERS.signUp(someAddress(), "Alan"))
                .limit(60)
                .collect(Collectors.toSet());
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (StrictMailServer mailServer =
                new StrictMailServer(recipient -> null, () -> await().until(() -> mayAnswer.getCount() == 0))) {
            theMailServerIsAt(mailServer.port());
            // when
            mailsAreDueTo(userIds);
            await().until(() -> mailServer.connections() == 16);
            mayAnswer.countDown();
            await().until(() -> userIds.stream().allMatch(this::isSent));
            // then
            assertThat(mailServer.getReceivedMessages()).hasSize(60);
            assertThat(mailServer.connections()).as("connections").isLessThanOrEqualTo(16);
        }
    }

    /** All at the same time. */
    private void mailsAreDueTo(Set<UUID> userIds) {
        database.sql("""
                        insert into email (id, user_id, kind, regarding, reason, subject, next_attempt_at,
                            event_id, correlation_id, traceparent)
                        select gen_random_uuid(), user_id, 'WELCOME', user_id, '', 'Welcome', now(),
                            gen_random_uuid(), 'flow', ''
                        from unnest(:userIds::uuid[]) as told (user_id)
                        """).param("userIds", userIds.toArray(UUID[]::new)).update();
        courier.wake();
    }

    @Test
    void two_instances_send_each_mail_once() {
        // given
        Map<UUID, String> addresses = IntStream.range(0, 40)
                .mapToObj(number -> someAddress())
                .collect(Collectors.toMap(address -> USERS.signUp(address, "Alan"), address -> address));
        try (ConfigurableApplicationContext other = otherInstance()) {
            Courier otherCourier = other.getBean(Courier.class);
            // when
            addresses.keySet().forEach(userId -> {
                Kafka.tell(new UserCreated(userId));
                otherCourier.wake();
            });
            await().until(() -> addresses.keySet().stream().allMatch(this::isSent));
        }
        // then
        assertThat(addresses.values())
                .allSatisfy(address -> assertThat(Mailboxes.of(address)).hasSize(1));
    }

    private ConfigurableApplicationContext otherInstance() {
        return new SpringApplicationBuilder(EmailServiceApplication.class)
                .run(Stream.of(
                                "spring.kafka.bootstrap-servers",
                                "spring.datasource.url",
                                "spring.datasource.username",
                                "spring.datasource.password",
                                "spring.mail.host",
                                "spring.mail.port",
                                "tidings.users.url",
                                "spring.config.name",
                                "server.port")
                        .map(name -> "--%s=%s".formatted(name, environment.getProperty(name)))
                        .toArray(String[]::new));
    }

    @Test
    void a_sent_mail_is_told_in_the_flow_of_the_event_that_caused_it() {
        // given
        UUID userId = USERS.signUp(someAddress(), "Barbara");
        Envelope created = Kafka.envelope(new UserCreated(userId));
        // when
        Kafka.tell(created);
        await().until(() -> !sentMailsOf(userId).isEmpty());
        // then
        JsonNode listed = emailsOf(userId).getFirst();
        assertThat(sentMailsOf(userId)).singleElement().satisfies(message -> {
            assertThat(Kafka.header(message, "ce_type")).isEqualTo("io.tidings.EmailSent.v1");
            assertThat(Kafka.header(message, "ce_source")).isEqualTo("/email-service");
            assertThat(Kafka.header(message, "ce_correlationid")).isEqualTo(created.correlationId());
            assertThat(Kafka.header(message, "ce_causationid"))
                    .isEqualTo(created.id().toString());
            assertThat(Kafka.header(message, "traceparent")).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
            JsonNode said = JsonMapper.shared().readTree(message.value());
            assertThat(said.get("emailId")).isEqualTo(listed.get("emailId"));
            assertThat(said.get("kind").asString()).isEqualTo("WELCOME");
            assertThat(said.get("regarding").asString()).isEqualTo(userId.toString());
        });
    }

    private static List<ConsumerRecord<String, byte[]>> sentMailsOf(UUID userId) {
        return Kafka.allOf(Topics.NOTIFICATIONS).stream()
                .filter(message -> message.key().equals(userId.toString()))
                .toList();
    }

    private boolean isSent(UUID userId) {
        List<JsonNode> emails = emailsOf(userId);
        return !emails.isEmpty()
                && emails.stream()
                        .allMatch(email -> email.get("status").asString().equals("SENT"));
    }

    /** A partition is handled in its order: when the last of its messages is, all are. */
    private void whatWasToldBeforeIsHandled(String topic, String key) {
        UUID lastUser = USERS.signUp(someAddress(), "Last");
        Envelope last = topic.equals(Topics.USERS)
                ? Kafka.envelope(new UserCreated(lastUser))
                : Kafka.envelope(new OrderCompleted(TimeOrderedId.next(), lastUser));
        Kafka.tell(new Envelope(
                last.id(),
                topic,
                key,
                last.type(),
                last.source(),
                last.time(),
                last.correlationId(),
                null,
                null,
                Map.of(),
                last.payload()));
        await().until(() -> isSent(lastUser));
    }
}
