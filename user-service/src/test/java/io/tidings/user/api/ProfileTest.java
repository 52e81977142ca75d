package io.tidings.user.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.user.OtherServices;
import io.tidings.user.RunningService;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningService
class ProfileTest {

    private static final String OTHER_PROFILE = """
            {"givenName": "Augusta", "familyName": "King", "interests": ["books", "looms"]}""";

    @Autowired
    RestTestClient http;

    @Autowired
    OtherServices others;

    private UUID user;

    @BeforeEach
    void a_user_has_signed_up() {
        user = Visitor.named("Ada").signUp(http);
    }

    @Test
    void who_has_just_signed_up_has_no_interests_and_a_profile_that_never_changed() {
        UserResponse found = find();

        assertThat(found.interests()).isEmpty();
        assertThat(found.revision()).isZero();
    }

    @Test
    void a_profile_is_changed_as_a_whole() {
        // when
        UserResponse answer = put(OTHER_PROFILE)
                .expectStatus()
                .isOk()
                .returnResult(UserResponse.class)
                .getResponseBody();

        // then
        assertThat(answer.givenName()).isEqualTo("Augusta");
        assertThat(answer.familyName()).isEqualTo("King");
        assertThat(answer.interests()).containsExactly("books", "looms");
        assertThat(answer.revision()).isEqualTo(1);
        assertThat(find())
                .usingRecursiveComparison()
                .ignoringFields("createdAt")
                .isEqualTo(answer);
    }

    @Test
    void others_are_told_the_old_and_the_new_profile_in_full_with_revisions_from_one() {
        // when
        put(OTHER_PROFILE).expectStatus().isOk();
        put("""
                {"givenName": "Augusta", "familyName": "King", "interests": []}""").expectStatus().isOk();

        // then
        List<JsonNode> told = updatesTold();
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isEqualTo(json("""
                {"userId": "%s",
                 "oldProfile": {"givenName": "Ada", "familyName": "Lovelace", "interests": []},
                 "newProfile": {"givenName": "Augusta", "familyName": "King", "interests": ["books", "looms"]},
                 "revision": 1}""".formatted(user)));
        assertThat(told.get(1).path("oldProfile")).isEqualTo(told.get(0).path("newProfile"));
        assertThat(told.get(1).path("revision").asLong()).isEqualTo(2);
    }

    @Test
    void a_profile_that_says_what_is_known_already_is_not_told() {
        // given
        put(OTHER_PROFILE).expectStatus().isOk();

        // when
        UserResponse again = put(OTHER_PROFILE)
                .expectStatus()
                .isOk()
                .returnResult(UserResponse.class)
                .getResponseBody();

        // then
        assertThat(again.revision()).isEqualTo(1);
        assertThat(updatesTold()).hasSize(1);
    }

    @Test
    void of_many_changes_at_once_each_gets_a_revision_of_its_own_and_they_are_told_in_that_order() throws Exception {
        // given
        int changes = 12;
        List<Callable<Integer>> callers = new ArrayList<>();
        IntStream.range(0, changes)
                .forEach(caller -> callers.add(() -> put("""
                        {"givenName": "Ada %d", "familyName": "Lovelace", "interests": []}""".formatted(caller))
                        .returnResult(String.class)
                        .getStatus()
                        .value()));

        // when
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(changes)) {
            for (Future<Integer> answer : threads.invokeAll(callers)) {
                answers.add(answer.get());
            }
        }

        // then
        assertThat(answers).containsOnly(200);
        List<JsonNode> told = updatesTold();
        assertThat(told)
                .extracting(update -> update.path("revision").asInt())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, changes).boxed().toList());
        for (int later = 1; later < changes; later++) {
            assertThat(told.get(later).path("oldProfile"))
                    .isEqualTo(told.get(later - 1).path("newProfile"));
        }
        assertThat(find().givenName())
                .isEqualTo(told.getLast().path("newProfile").path("givenName").asString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                                        | interests: must not be null
            null                                                                      | body: must be a JSON object
            {"givenName": " ", "familyName": "L", "interests": []}                    | givenName: must not be blank
            {"givenName": "A", "interests": []}                                       | familyName: must not be blank
            {"givenName": "A\\u0000", "familyName": "L", "interests": []}             | givenName: must not contain control
            {"givenName": "A", "familyName": "L"}                                     | interests: must not be null
            {"givenName": "A", "familyName": "L", "interests": "books"}               | interests: has a value of the wrong
            {"givenName": "A", "familyName": "L", "interests": [{}]}                  | interests[0]: has a value of the wrong
            {"givenName": "A", "familyName": "L", "interests": ["books", null]}       | interests[1]: must not be blank
            {"givenName": "A", "familyName": "L", "interests": ["a", "b", " "]}       | interests[2]: must not be blank
            {"givenName": "A", "familyName": "L", "interests": ["a\\u0007"]}          | interests[0]: must not contain control
            {"givenName": "A", "familyName": "L", "interests": ["books", "books"]}    | interests: must name each once
            {"givenName": "A", "familyName": "L", "interests": [], "revision": 7}     | revision: is not a field of this request
            """)
    void a_profile_that_breaks_a_rule_changes_nothing_and_is_answered_with_the_field_and_the_rule(
            String body, String problem) {
        UserResponse before = find();
        List<CloudEvent> told = others.hearOf(user);

        put(body)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(problem));

        assertThat(find()).isEqualTo(before);
        assertThat(others.hearOf(user)).isEqualTo(told);
    }

    @Test
    void too_many_and_too_long_interests_are_refused() {
        String many =
                IntStream.range(0, 21).mapToObj("\"i%d\""::formatted).toList().toString();

        put("{\"givenName\": \"A\", \"familyName\": \"L\", \"interests\": %s}".formatted(many))
                .expectStatus()
                .isBadRequest();
        put("{\"givenName\": \"A\", \"familyName\": \"L\", \"interests\": [\"%s\"]}".formatted("i".repeat(65)))
                .expectStatus()
                .isBadRequest();

        assertThat(updatesTold()).isEmpty();
    }

    @Test
    void the_profile_of_a_user_that_nobody_knows_is_not_found() {
        http.put()
                .uri("/users/{id}/profile", UUID.randomUUID())
                .contentType(APPLICATION_JSON)
                .body(OTHER_PROFILE)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON);
    }

    private ResponseSpec put(String body) {
        return http.put()
                .uri("/users/{id}/profile", user)
                .contentType(APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private UserResponse find() {
        return http.get()
                .uri("/users/{id}", user)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(UserResponse.class)
                .getResponseBody();
    }

    private List<JsonNode> updatesTold() {
        return others.hearOf(user).stream()
                .filter(told -> told.type().equals("UserProfileUpdated.v2"))
                .map(told -> json(told.data()))
                .toList();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
