package io.tidings.email;

import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.test.OnInfrastructure;
import jakarta.mail.Transport;
import java.util.List;
import java.util.UUID;
import org.apache.commons.pool2.ObjectPool;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on real Kafka, PostgreSQL and SMTP. */
@OnInfrastructure
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=email-service",
            "tidings.email.attempts=4",
            "tidings.email.first-pause=50ms",
            "tidings.email.longest-pause=100ms",
            "tidings.email.poll-interval=1s",
        })
abstract class EmailServiceTest {

    static final UserServiceDouble USERS = UserServiceDouble.start();

    private static final JdkClientHttpRequestFactory HTTP = new JdkClientHttpRequestFactory();

    @Autowired
    JdbcClient database;

    @Autowired
    private JavaMailSenderImpl mailSender;

    @Autowired
    private ObjectPool<Transport> mailConnections;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void users(DynamicPropertyRegistry properties) {
        properties.add("tidings.users.url", USERS::url);
    }

    @AfterEach
    void everyone_is_there_again() {
        USERS.recover();
        theMailServerIsAt(Infrastructure.shared().mail().smtpPort());
    }

    /** Connections to the one before are not used again. */
    void theMailServerIsAt(int port) {
        mailSender.setPort(port);
        try {
            mailConnections.clear();
        } catch (Exception failure) {
            throw new IllegalStateException("The connections to the mail server before could not be closed.", failure);
        }
    }

    /** An address that no other test writes to. */
    static String someAddress() {
        return "user-%s@example.org".formatted(UUID.randomUUID());
    }

    RestClient http() {
        return RestClient.builder()
                .requestFactory(HTTP)
                .baseUrl("http://127.0.0.1:" + port)
                .build();
    }

    JsonNode get(String path, Object... variables) {
        return JsonMapper.shared()
                .readTree(http().get().uri(path, variables).retrieve().body(String.class));
    }

    List<JsonNode> emailsOf(UUID userId) {
        return get("/emails?userId={userId}", userId)
                .get("emails")
                .valueStream()
                .toList();
    }
}
