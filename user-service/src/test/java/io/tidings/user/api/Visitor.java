package io.tidings.user.api;

import static org.springframework.http.MediaType.APPLICATION_JSON;

import java.util.UUID;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Someone who is about to sign up. */
record Visitor(String email, String givenName) {

    /** With an address that nobody else has. */
    static Visitor named(String givenName) {
        return new Visitor("%s@example.org".formatted(UUID.randomUUID()), givenName);
    }

    /** @return the user's id */
    UUID signUp(RestTestClient http) {
        return http.post()
                .uri("/users")
                .contentType(APPLICATION_JSON)
                .body("""
                        {"email": "%s", "givenName": "%s", "familyName": "Lovelace"}""".formatted(email, givenName))
                .exchange()
                .expectStatus()
                .isCreated()
                .returnResult(UserResponse.class)
                .getResponseBody()
                .userId();
    }
}
