package io.tidings.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.infrastructure.Infrastructure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What callers of a service see while its database or its broker is away. */
@RunningService
@TestPropertySource(properties = "spring.datasource.hikari.connection-timeout=1500")
class InfrastructureAwayTest {

    /** As many as there are connections, several times. */
    private static final int CALLERS = 60;

    private static final Duration IN_TIME = Duration.ofSeconds(8);

    @LocalServerPort
    int port;

    @Autowired
    OtherServices others;

    private final Infrastructure infrastructure = Infrastructure.shared();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void while_the_database_is_away_all_callers_are_told_in_time_to_come_back_and_then_they_are_served() {
        assertThat(signUp().join().statusCode()).isEqualTo(201);
        infrastructure.interruptPostgres();
        try {
            // when
            Instant asked = Instant.now();
            List<CompletableFuture<HttpResponse<String>>> answers =
                    Stream.generate(this::signUp).limit(CALLERS).toList();
            List<HttpResponse<String>> all =
                    answers.stream().map(CompletableFuture::join).toList();

            // then
            assertThat(Duration.between(asked, Instant.now())).isLessThan(IN_TIME);
            assertThat(all).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(answer.body()).contains("The database is away").doesNotContain("Exception");
            });
            HttpResponse<String> health = get("/actuator/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(statusOf(health, "db")).isEqualTo("DOWN");
            assertThat(statusOf(health, "kafka")).isEqualTo("UP");
            // Nobody is helped by a restart.
            assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        } finally {
            infrastructure.resumePostgres();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> signUp().join().statusCode() == 201);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get("/actuator/health").statusCode() == 200);
    }

    @Test
    void while_the_broker_is_away_callers_are_served_and_others_are_told_when_it_is_back() {
        infrastructure.interruptKafka();
        String userId;
        try {
            // when
            Instant asked = Instant.now();
            HttpResponse<String> answer = signUp().join();

            // then
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(IN_TIME);
            userId = json(answer).path("userId").asString();
            HttpResponse<String> health = get("/actuator/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(statusOf(health, "kafka")).isEqualTo("DOWN");
            assertThat(statusOf(health, "db")).isEqualTo("UP");
            assertThat(json(health).at("/components/outbox/details/waiting").asInt())
                    .isPositive();
        } finally {
            infrastructure.resumeKafka();
        }
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(others.hearOf(userId)).hasSize(1));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get("/actuator/health").statusCode() == 200);
    }

    private CompletableFuture<HttpResponse<String>> signUp() {
        String body = "{\"email\":\"%s@example.org\",\"givenName\":\"Ada\",\"familyName\":\"Lovelace\"}"
                .formatted(UUID.randomUUID());
        return http.sendAsync(
                HttpRequest.newBuilder(uri("/users"))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(60))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) {
        return http.sendAsync(
                        HttpRequest.newBuilder(uri(path))
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:%d%s".formatted(port, path));
    }

    private static String statusOf(HttpResponse<String> health, String component) {
        return json(health).at("/components/%s/status".formatted(component)).asString("missing");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
