package io.tidings.user.api;

import static org.springframework.http.MediaType.APPLICATION_JSON;

import io.tidings.user.RunningService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@RunningService
class ClosedTestDoorTest {

    @Autowired
    RestTestClient http;

    @Test
    void nobody_can_forge_a_message_unless_someone_opened_the_test_door() {
        http.post()
                .uri("/test-door/messages")
                .contentType(APPLICATION_JSON)
                .body("{\"messages\": []}")
                .exchange()
                .expectStatus()
                .isNotFound();
    }
}
