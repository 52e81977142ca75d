package io.tidings.email.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.tidings.email.domain.Cause;
import io.tidings.email.domain.EmailKind;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.MailServer;
import io.tidings.infrastructure.test.OnInfrastructure;
import jakarta.mail.Transport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.pool2.ObjectPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Connections to a real mail server. */
@OnInfrastructure
class MailConnectionsTest {

    private final JavaMailSenderImpl settings = settings();
    private final ObjectPool<Transport> connections =
            new SendingConfiguration().mailConnections(settings, upTo(16, Duration.ofMinutes(2)));

    private static SendingProperties upTo(int connections, Duration lease) {
        return new SendingProperties(
                "shop@tidings.example",
                "ops@tidings.example",
                64,
                connections,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                lease,
                Duration.ofSeconds(1));
    }

    private static JavaMailSenderImpl settings() {
        MailServer server = Infrastructure.shared().mail();
        JavaMailSenderImpl settings = new JavaMailSenderImpl();
        settings.setHost(server.smtpHost());
        settings.setPort(server.smtpPort());
        settings.setProtocol("smtp");
        return settings;
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void one_connection_is_used_for_a_hundred_mails_and_closed_then() throws Exception {
        List<Transport> used = new ArrayList<>();
        for (int mail = 0; mail < 200; mail++) {
            used.add(useOnce());
        }
        assertThat(Set.copyOf(used.subList(0, 100))).hasSize(1);
        assertThat(Set.copyOf(used.subList(100, 200))).hasSize(1).doesNotContain(used.getFirst());
        assertThat(used.getFirst().isConnected()).isFalse();
    }

    @Test
    void a_connection_is_closed_when_no_mail_comes() throws Exception {
        Transport connection = useOnce();
        await().atMost(Duration.ofSeconds(20)).until(() -> !connection.isConnected());
    }

    @Test
    void the_mail_server_counts_as_away_when_no_connection_becomes_free_in_half_of_a_lease() throws Exception {
        Postman postman = new Postman(new NotAsked(), settings, connections, upTo(1, Duration.ofMillis(100)));
        // given one that takes the only connection, and greets nobody
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            settings.setHost(silent.getInetAddress().getHostAddress());
            settings.setPort(silent.getLocalPort());
            Future<Outcome> first = workers.submit(() -> sendToOperators(postman));
            try (Socket taken = silent.accept()) {
                // when
                Outcome next = sendToOperators(postman);
                // then
                assertThat(taken.isConnected()).isTrue();
                assertThat(next)
                        .asInstanceOf(type(Outcome.MailServerAway.class))
                        .extracting(Outcome.MailServerAway::reason)
                        .isEqualTo("The mail server is too slow: no connection to it was free within 50 ms.");
            }
            assertThat(first.get()).isInstanceOf(Outcome.MailServerAway.class);
        }
        // and when it is back
        settings.setHost(settings().getHost());
        settings.setPort(settings().getPort());
        assertThat(sendToOperators(postman)).isEqualTo(new Outcome.Sent("ops@tidings.example"));
    }

    /** For whom user-service is not asked. */
    private static Outcome sendToOperators(Postman postman) throws InterruptedException {
        DueEmail alert = new DueEmail(
                UUID.randomUUID(),
                null,
                EmailKind.ALERT,
                UUID.randomUUID(),
                "",
                "An alert",
                new Cause(UUID.randomUUID(), "flow", ""),
                1,
                OffsetDateTime.now());
        return postman.attempt(alert, postman.addresseesOf(List.of(alert))).outcome();
    }

    private static final class NotAsked implements UserService {

        @Override
        public Addressee find(UUID userId) {
            throw new AssertionError("Nobody has to be asked who the operators are.");
        }

        @Override
        public Found find(Collection<UUID> userIds) {
            throw new AssertionError("Nobody has to be asked who the operators are.");
        }
    }

    private Transport useOnce() throws Exception {
        Transport connection = connections.borrowObject();
        assertThat(connection.isConnected()).isTrue();
        connections.returnObject(connection);
        return connection;
    }
}
