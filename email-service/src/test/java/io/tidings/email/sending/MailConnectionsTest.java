package io.tidings.email.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.MailServer;
import io.tidings.infrastructure.test.OnInfrastructure;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.pool2.ObjectPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Connections to a real mail server. */
@OnInfrastructure
class MailConnectionsTest {

    private final ObjectPool<Transport> connections = new SendingConfiguration()
            .mailConnections(
                    settings(),
                    new SendingProperties("", "", 16, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));

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

    private Transport useOnce() throws Exception {
        Transport connection = connections.borrowObject();
        assertThat(connection.isConnected()).isTrue();
        connections.returnObject(connection);
        return connection;
    }
}
