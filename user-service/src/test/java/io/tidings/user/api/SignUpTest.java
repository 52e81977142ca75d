package io.tidings.user.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;
import static org.springframework.http.MediaType.TEXT_PLAIN;

import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.user.OtherServices;
import io.tidings.user.RunningService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@RunningService
class SignUpTest {

    private static final int LARGEST_BODY = 1_048_576;

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

        var answer = signUp(email).expectStatus().isCreated().returnResult(UserResponse.class);

        URI location = answer.getResponseHeaders().getLocation();
        UserResponse found = http.get()
                .uri(location)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(UserResponse.class)
                .getResponseBody();
        assertThat(found).isEqualTo(answer.getResponseBody());
        assertThat(location).hasPath("/users/" + found.userId());
        assertThat(found.email()).isEqualTo(email);
        assertThat(found.givenName()).isEqualTo("Ada");
        assertThat(found.familyName()).isEqualTo("Lovelace");
        assertThat(found.createdAt()).isBetween(before.minusMillis(1), Instant.now());
    }

    @Test
    void others_are_told_who_signed_up_and_no_more() {
        UUID userId = signedUp(email);

        assertThat(others.hearOf(userId)).singleElement().satisfies(told -> {
            assertThat(told.type()).isEqualTo("UserCreated.v1");
            assertThat(told.attribute("source")).isEqualTo("/user-service");
            assertThat(told.data()).isEqualTo("{\"userId\":\"%s\"}".formatted(userId));
        });
    }

    @Test
    void what_others_are_told_belongs_to_the_flow_that_the_caller_names() {
        String flow = "flow-" + UUID.randomUUID();

        UserResponse user = http.post()
                .uri("/users")
                .header("X-Correlation-Id", flow)
                .contentType(APPLICATION_JSON)
                .body(request(email))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("X-Correlation-Id", flow)
                .returnResult(UserResponse.class)
                .getResponseBody();

        assertThat(others.hearOf(user.userId()))
                .extracting(told -> told.attribute("correlationid"))
                .containsExactly(flow);
    }

    @Test
    void a_flow_that_the_caller_does_not_name_is_named_in_the_answer() {
        var answer = signUp(email).expectStatus().isCreated().returnResult(UserResponse.class);

        String flow = answer.getResponseHeaders().getFirst("X-Correlation-Id");
        assertThat(flow).matches("[0-9a-f-]{36}");
        assertThat(others.hearOf(answer.getResponseBody().userId()))
                .extracting(told -> told.attribute("correlationid"))
                .containsExactly(flow);
    }

    @Test
    void an_address_is_one_user_however_it_is_capitalised() {
        signedUp(email);
        List<CloudEvent> told = others.hear();

        for (String again : List.of(email, email.toUpperCase())) {
            signUp(again)
                    .expectStatus()
                    .isEqualTo(409)
                    .expectHeader()
                    .contentType(APPLICATION_PROBLEM_JSON)
                    .expectBody()
                    .jsonPath("$.detail")
                    .isEqualTo("email: Someone has signed up with %s already: use another address.".formatted(again))
                    .jsonPath("$.violations[0].field")
                    .isEqualTo("email");
        }

        assertThat(others.hear()).isEqualTo(told);
    }

    @Test
    void of_many_who_sign_up_with_one_address_at_once_one_gets_it() throws Exception {
        int before = others.hear().size();
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < 12; caller++) {
            callers.add(() -> post(BodyPublishers.ofString(request(email))).statusCode());
        }

        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers.size())) {
            for (Future<Integer> answer : threads.invokeAll(callers)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(others.hear()).hasSize(before + 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"email": "ada@example.org", "givenName": | body: must be JSON
            I am Ada                                  | body: must be JSON
            ~~                                        | body: must be a JSON object
            null                                      | body: must be a JSON object
            []                                        | body: must be a JSON object
            {"id": 7}                                 | id: is not a field of this request
            """)
    void a_body_of_another_form_is_refused(String body, String problem) {
        assertRefused(body, problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            email      | null                       | must not be null
            email      | ["ada@example.org"]        | has a value of the wrong form
            email      | ""                         | must be a mail address
            email      | "ada"                      | must be a mail address
            email      | "ada@"                     | must be a mail address
            email      | "@example.org"             | must be a mail address
            email      | "ada@ex ample"             | must be a mail address
            email      | "ada@x.org, eve@x.org"     | must be a mail address
            email      | "ada@x.org\\nBcc: eve@x.o" | must be a mail address
            email      | "ada@x.org\\u0000"         | must be a mail address
            email      | "a\\ud800da@x.org"        | must not contain control characters
            email      | "\\"a\\u007f\\"@x.org"     | must not contain control characters
            givenName  | null                       | must not be blank
            givenName  | {}                         | has a value of the wrong form
            givenName  | " \\t "                    | must not be blank
            givenName  | "A\\u0000da"               | must not contain control characters
            familyName | ""                         | must not be blank
            familyName | "L\\r\\nSubject: hi"       | must not contain control characters
            familyName | "\\ud800"                  | must not contain control characters
            """)
    void a_field_that_breaks_a_rule_is_named_with_the_rule(String field, String value, String rule) {
        String form = """
                {"email": <email>, "givenName": <givenName>, "familyName": <familyName>}""";
        String body = form.replace("<%s>".formatted(field), value)
                .replace("<email>", "\"%s\"".formatted(email))
                .replaceAll("<.*?>", "\"Ada\"");

        assertRefused(body, "%s: %s".formatted(field, rule));
    }

    private void assertRefused(String body, String problem) {
        List<CloudEvent> told = others.hear();

        http.post()
                .uri("/users")
                .contentType(APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(problem));

        assertThat(others.hear()).isEqualTo(told);
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        http.post()
                .uri("/users")
                .contentType(APPLICATION_JSON)
                .body("{}")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.violations[*].field")
                .value(fields -> assertThat(fields)
                        .asInstanceOf(list(String.class))
                        .containsExactlyInAnyOrder("email", "givenName", "familyName"));
    }

    @Test
    void what_is_absurdly_long_is_refused_with_the_length_that_is_allowed() {
        List<CloudEvent> told = others.hear();
        String request = """
                {"email": "%s@example.org", "givenName": "%s", "familyName": "%s"}""";

        http.post()
                .uri("/users")
                .contentType(APPLICATION_JSON)
                .body(request.formatted("a".repeat(500_000), "b".repeat(101), "c".repeat(500_000)))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        detail -> assertThat(detail)
                                .contains("email: size must be between 0 and 254")
                                .contains("givenName: size must be between 0 and 100")
                                .contains("familyName: size must be between 0 and 100")
                                .hasSizeLessThan(1_000));

        assertThat(others.hear()).isEqualTo(told);
    }

    @Test
    void names_are_taken_in_any_script_and_to_the_last_character_that_is_allowed() {
        String given = "Ада-名 O'Neil; drop table users";
        String longest = "𝒜".repeat(50);
        String request = """
                {"email": "%s", "givenName": "%s", "familyName": "%s"}""";

        UserResponse user = http.post()
                .uri("/users")
                .contentType(APPLICATION_JSON)
                .body(request.formatted(email, given, longest))
                .exchange()
                .expectStatus()
                .isCreated()
                .returnResult(UserResponse.class)
                .getResponseBody();

        UserResponse found = http.get()
                .uri("/users/{id}", user.userId())
                .exchange()
                .returnResult(UserResponse.class)
                .getResponseBody();
        assertThat(found.givenName()).isEqualTo(given);
        assertThat(found.familyName()).isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_of_more_than_a_mebibyte_is_refused(boolean chunked) throws Exception {
        List<CloudEvent> told = others.hear();
        byte[] body = (request(email) + " ".repeat(LARGEST_BODY)).getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> answer = post(
                chunked
                        ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                        : BodyPublishers.ofByteArray(body));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("body: must not be larger than 1,048,576 bytes");
        assertThat(others.hear()).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_of_exactly_a_mebibyte_is_taken(boolean chunked) throws Exception {
        String request = request(email);
        byte[] body = (request + " ".repeat(LARGEST_BODY - request.length())).getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> answer = post(
                chunked
                        ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                        : BodyPublishers.ofByteArray(body));

        assertThat(answer.statusCode()).isEqualTo(201);
    }

    @Test
    void a_body_that_does_not_say_it_is_json_is_refused() {
        http.post()
                .uri("/users")
                .contentType(TEXT_PLAIN)
                .body(request(email))
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON);
    }

    @Test
    void a_user_that_nobody_knows_is_not_found() {
        UUID stranger = UUID.randomUUID();

        http.get()
                .uri("/users/{id}", stranger)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("There is no user %s.".formatted(stranger));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "7", "00000000-0000-0000-0000-00000000000g", "1-1-1-1-1-1", "%20", "'or'1'='1"})
    void an_id_that_is_no_uuid_is_a_bad_request(String id) {
        http.get()
                .uri(URI.create("http://127.0.0.1:%d/users/%s".formatted(port, id)))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("userId"));
    }

    private UUID signedUp(String email) {
        return signUp(email)
                .expectStatus()
                .isCreated()
                .returnResult(UserResponse.class)
                .getResponseBody()
                .userId();
    }

    private ResponseSpec signUp(String email) {
        return http.post()
                .uri("/users")
                .contentType(APPLICATION_JSON)
                .body(request(email))
                .exchange();
    }

    private static String request(String email) {
        return """
                {"email": "%s", "givenName": "Ada", "familyName": "Lovelace"}""".formatted(email);
    }

    /** As bytes go over the wire, of known length or in chunks. */
    private HttpResponse<String> post(BodyPublisher body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/users".formatted(port)))
                    .header("Content-Type", "application/json")
                    .POST(body)
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
