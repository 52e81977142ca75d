package io.tidings.user.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

import io.tidings.user.RunningService;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@RunningService
class ListingTest {

    @Autowired
    RestTestClient http;

    @Test
    void several_users_are_found_with_one_request_and_each_once() {
        UUID ada = signUp("Ada");
        UUID grace = signUp("Grace");

        assertThat(found(ada, grace, ada))
                .extracting(UserResponse::userId, UserResponse::givenName)
                .containsExactlyInAnyOrder(tuple(ada, "Ada"), tuple(grace, "Grace"));
    }

    @Test
    void users_may_be_listed_in_one_parameter() {
        UUID ada = signUp("Ada");
        UUID grace = signUp("Grace");

        get("?userId=%s,%s".formatted(ada, grace))
                .expectStatus()
                .isOk()
                .expectBody(UserList.class)
                .value(found -> assertThat(found.users())
                        .extracting(UserResponse::userId)
                        .containsExactlyInAnyOrder(ada, grace));
    }

    @Test
    void who_is_not_there_is_left_out() {
        UUID ada = signUp("Ada");
        UUID erased = signUp("Grace");
        http.delete().uri("/users/{id}", erased).exchange().expectStatus().isNoContent();

        assertThat(found(UUID.randomUUID(), ada, erased))
                .extracting(UserResponse::userId)
                .containsExactly(ada);
        assertThat(found(erased)).isEmpty();
    }

    @Test
    void a_hundred_users_are_the_most() {
        UUID[] hundred = Stream.generate(UUID::randomUUID).limit(100).toArray(UUID[]::new);

        assertThat(found(hundred)).isEmpty();
        assertRefused(query(hundred) + "&userId=" + UUID.randomUUID(), "size must be between 1 and 100");
    }

    @Test
    void not_to_say_which_users_is_a_bad_request() {
        assertRefused("", "userId");
        assertRefused("?userId=", "size must be between 1 and 100");
        assertRefused("?userId=ada", "userId");
    }

    private void assertRefused(String query, String problem) {
        get(query)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(problem));
    }

    private List<UserResponse> found(UUID... userIds) {
        return get(query(userIds))
                .expectStatus()
                .isOk()
                .returnResult(UserList.class)
                .getResponseBody()
                .users();
    }

    private static String query(UUID... userIds) {
        return Stream.of(userIds)
                .map("userId=%s"::formatted)
                .reduce((one, next) -> one + "&" + next)
                .map("?"::concat)
                .orElse("");
    }

    private ResponseSpec get(String query) {
        return http.get().uri("/users" + query).exchange();
    }

    private UUID signUp(String givenName) {
        return Visitor.named(givenName).signUp(http);
    }
}
