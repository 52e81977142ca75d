package io.tidings.audit;

import static org.awaitility.Awaitility.await;

import io.tidings.events.Topics;
import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.OnInfrastructure;
import io.tidings.infrastructure.test.Topic;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on real Kafka and PostgreSQL. */
@OnInfrastructure({Part.KAFKA, Part.POSTGRES})
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=audit-service", "tidings.flows.first-check=1h"})
public abstract class AuditServiceTest {

    private static final JdkClientHttpRequestFactory HTTP = new JdkClientHttpRequestFactory();

    @Autowired
    JdbcClient database;

    @LocalServerPort
    int port;

    /** A fresh consumer group takes its time to settle, which says nothing of how soon a message is recorded. */
    @BeforeEach
    void awaitSubscription() {
        new Topic(Topics.ORDERS).awaitHeardBy("audit-service");
    }

    /** A key that no other test uses. */
    static String someKey() {
        return "key-" + UUID.randomUUID();
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

    List<JsonNode> eventsOf(String key) {
        return get("/events?key={key}", key).get("events").valueStream().toList();
    }

    /** Waits for the messages of a key. */
    List<JsonNode> eventsOf(String key, int count) {
        await().until(() -> eventsOf(key).size() >= count);
        return eventsOf(key);
    }

    static List<String> idsOf(JsonNode page) {
        return page.get("events")
                .valueStream()
                .map(event -> event.get("eventId").asString())
                .toList();
    }
}
