package io.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.scenarios.doors.Answer;
import io.tidings.scenarios.doors.Door;
import io.tidings.systemtests.cluster.Cluster;
import io.tidings.systemtests.cluster.OnCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Who keeps a copy answers, also when the service whose data it is has been stopped. */
@OnCluster
@Order(3)
class ServiceAwayTest {

    private static final int UNAVAILABLE = 503;

    private final Cluster system;

    ServiceAwayTest(Cluster system) {
        this.system = system;
    }

    @AfterEach
    void is_back() {
        system.restart("user-service");
    }

    @Test
    void users_are_searched_and_recommended_to_when_user_service_is_stopped() {
        try (Door gateway = Door.gateway(system.gateway())) {
            // given
            String name = "Away" + UUID.randomUUID().toString().replace("-", "");
            String kind = "kind-" + name;
            String sku = "sku-" + name;
            UUID user = signUp(gateway, name);
            required(gateway.post(
                    "/products",
                    Map.of(
                            "sku",
                            sku,
                            "name",
                            "Telescope",
                            "category",
                            kind,
                            "price",
                            Map.of("minorUnits", 100, "currency", "USD")),
                    Map.of()));
            awaitFound(gateway, sku, "sku", sku);
            required(gateway.put(
                    "/users/%s/profile".formatted(user),
                    Map.of("givenName", "New", "familyName", name, "interests", List.of(kind))));
            awaitFound(gateway, name, "userId", user.toString());
            awaitRecommended(gateway, user, sku);

            // when
            system.stop("user-service");

            // then
            assertThat(gateway.get("/users/" + user).status()).isEqualTo(UNAVAILABLE);
            Answer found = required(gateway.get("/search?kind=users&q=new%20" + name));
            assertThat(found.body().at("/results/0/userId").asString()).isEqualTo(user.toString());
            assertThat(found.body().at("/results/0/interests/0").asString()).isEqualTo(kind);
            Answer recommended = required(gateway.get("/recommendations/" + user));
            assertThat(recommended.body().at("/recommendations/0/sku").asString())
                    .isEqualTo(sku);
            assertThat(recommended
                            .body()
                            .at("/recommendations/0/parts/interest")
                            .asDouble())
                    .isPositive();
        }
    }

    private static UUID signUp(Door gateway, String name) {
        return required(gateway.post(
                        "/users",
                        Map.of("email", name + "@example.org", "givenName", "Old", "familyName", name),
                        Map.of()))
                .as("userId", UUID.class);
    }

    private static void awaitFound(Door gateway, String asked, String field, String id) {
        await("search-service to hear of " + asked)
                .atMost(Duration.ofSeconds(30))
                .until(() -> gateway.get("/search?q=" + asked)
                        .body()
                        .at("/results/0/" + field)
                        .asString("")
                        .equals(id));
    }

    private static void awaitRecommended(Door gateway, UUID user, String sku) {
        await("recommendation-service to hear of what the user likes")
                .atMost(Duration.ofSeconds(30))
                .until(() -> gateway.get("/recommendations/" + user)
                        .body()
                        .at("/recommendations/0/sku")
                        .asString("")
                        .equals(sku));
    }

    private static Answer required(Answer answer) {
        assertThat(answer.isSuccess()).as(answer.summary()).isTrue();
        return answer;
    }
}
