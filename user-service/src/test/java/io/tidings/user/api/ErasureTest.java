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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@RunningService
class ErasureTest {

    private static final String PROFILE = """
            {"givenName": "Ada %d", "familyName": "King", "interests": []}""";

    @Autowired
    RestTestClient http;

    @Autowired
    OtherServices others;

    @Autowired
    JdbcClient jdbc;

    private final String email = "ada.%s@example.org".formatted(UUID.randomUUID());
    private UUID user;

    @BeforeEach
    void a_user_has_signed_up() {
        user = signUp();
    }

    @Test
    void who_is_erased_is_gone_and_others_are_told_who_it_was_and_no_more() {
        erase().expectStatus().isNoContent();

        assertGone(http.get().uri("/users/{id}", user).exchange());
        assertGone(edit(1));
        assertThat(others.hearOf(user)).extracting(CloudEvent::type).containsExactly("UserCreated.v1", "UserErased.v1");
        assertThat(others.hearOf(user).getLast().data()).isEqualTo("{\"userId\":\"%s\"}".formatted(user));
        assertThat(jdbc.sql("select count(*) from users where id = ?")
                        .param(user)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void who_is_erased_again_is_gone_as_before_and_nobody_is_told_again() {
        erase().expectStatus().isNoContent();
        erase().expectStatus().isNoContent();

        assertThat(others.hearOf(user)).hasSize(2);
    }

    @Test
    void the_address_of_who_was_erased_is_free_for_someone_else() {
        erase().expectStatus().isNoContent();

        assertThat(signUp()).isNotEqualTo(user);
    }

    @Test
    void whatever_is_edited_at_the_same_time_nothing_is_told_after_the_erasure() throws Exception {
        // given
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < 12; caller++) {
            int edit = caller;
            callers.add(() -> edit == 5 ? status(erase()) : status(edit(edit)));
        }

        // when
        try (ExecutorService threads = Executors.newFixedThreadPool(callers.size())) {
            threads.invokeAll(callers)
                    .forEach(answer -> assertThat(answer.resultNow()).isIn(200, 204, 410));
        }

        // then
        List<CloudEvent> told = others.hearOf(user);
        assertThat(told.getLast().type()).isEqualTo("UserErased.v1");
        assertThat(told)
                .filteredOn(event -> event.type().equals("UserErased.v1"))
                .hasSize(1);
    }

    @Test
    void nobody_can_be_erased_who_never_was() {
        http.delete()
                .uri("/users/{id}", UUID.randomUUID())
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON);
        http.delete().uri("/users/ada").exchange().expectStatus().isBadRequest();
    }

    private void assertGone(ResponseSpec answer) {
        answer.expectStatus()
                .isEqualTo(410)
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("User %s was erased.".formatted(user));
    }

    private UUID signUp() {
        return new Visitor(email, "Ada").signUp(http);
    }

    private ResponseSpec erase() {
        return http.delete().uri("/users/{id}", user).exchange();
    }

    private ResponseSpec edit(int number) {
        return http.put()
                .uri("/users/{id}/profile", user)
                .contentType(APPLICATION_JSON)
                .body(PROFILE.formatted(number))
                .exchange();
    }

    private static int status(ResponseSpec answer) {
        return answer.returnResult(String.class).getStatus().value();
    }
}
