package io.tidings.user.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.user.OtherServices;
import io.tidings.user.RunningService;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@RunningService
class SignUpTest {

    @Autowired
    RestTestClient http;

    @Autowired
    OtherServices others;

    @LocalServerPort
    int port;

    private final String email = "ada.%s@example.org".formatted(UUID.randomUUID());

    @Test
    void whoever_signs_up_is_found_where_the_answer_says() {
        Instant before = Instant.now();

        SignedUp user = signedUp(signUp(email, "Ada", "Lovelace"));

        http.get()
                .uri(user.location())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(UserResponse.class)
                .value(found -> {
                    assertThat(found.userId()).isEqualTo(user.id());
                    assertThat(found.email()).isEqualTo(email);
                    assertThat(found.givenName()).isEqualTo("Ada");
                    assertThat(found.familyName()).isEqualTo("Lovelace");
                    assertThat(found.createdAt()).isBetween(before, Instant.now());
                });
    }
}
