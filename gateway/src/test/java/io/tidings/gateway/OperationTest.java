package io.tidings.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.json.JsonContent;

class OperationTest extends GatewayTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/doors"})
    void the_doors_are_listed(String path) {
        // when
        HttpResponse<String> answer = get(path);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonContent(answer.body()))
                .hasPathSatisfying(
                        "$.doors.length()", count -> count.assertThat().isEqualTo(10))
                .hasPathSatisfying(
                        "$.doors[1].service", name -> name.assertThat().isEqualTo("order-service"))
                .hasPathSatisfying(
                        "$.doors[1].paths",
                        paths -> paths.assertThat().asArray().containsExactly("/orders/**", "/sagas/**"))
                .hasPathSatisfying(
                        "$.doors[1].everything", path2 -> path2.assertThat().isEqualTo("/services/order-service/**"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/startup",
                "/actuator/health/readiness",
                "/actuator/health/liveness"
            })
    void the_gateway_is_healthy_whether_or_not_the_services_are(String path) {
        // when
        HttpResponse<String> answer = get(path);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"UP\"");
    }

    @Test
    void requests_are_counted_by_door_not_by_address() {
        // when
        get("/orders/4711");

        // then (a request is counted when its answer is already on its way)
        await().untilAsserted(() -> assertThat(get("/actuator/prometheus").body())
                .contains("outcome=\"SUCCESS\",status=\"200\",uri=\"/orders/**\"")
                .doesNotContain("/orders/4711"));
    }
}
