package io.tidings.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.events.notification.EmailSent;
import io.tidings.events.user.UserCreated;
import io.tidings.scenarios.doors.Answer;
import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.Patience;
import io.tidings.scenarios.narration.Consequence;
import io.tidings.scenarios.narration.Narrator;
import io.tidings.scenarios.narration.Performance;
import io.tidings.scenarios.narration.Step;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScenarioPlayerTest {

    private SmallSystem system;

    @BeforeEach
    void startSystem() throws IOException {
        system = new SmallSystem();
    }

    @AfterEach
    void stopSystem() {
        system.close();
    }

    @Test
    void a_check_that_is_right_at_once_passes() {
        // given
        system.answers("GET /orders/1", 200, "{\"status\":\"COMPLETED\"}");

        // when
        Performance performance = play(stage -> stage.check("the order", "COMPLETED", "/orders/1", Shop::statusOf));

        // then
        assertThat(performance.passed()).isTrue();
        assertThat(performance.steps())
                .containsExactly(new Step.Checked("the order", true, "COMPLETED", "COMPLETED", "GET /orders/1"));
    }

    @Test
    void a_check_waits_until_the_system_is_as_expected() {
        // given
        system.answers("GET /orders/1", 404, "{}")
                .answers("GET /orders/1", 200, "{\"status\":\"PLACED\"}")
                .answers("GET /orders/1", 200, "{\"status\":\"COMPLETED\"}");

        // when
        Performance performance = play(stage -> stage.check("the order", "COMPLETED", "/orders/1", Shop::statusOf));

        // then
        assertThat(performance.passed()).isTrue();
        assertThat(system.requests()).hasSize(3);
    }

    @Test
    void a_check_that_stays_wrong_makes_the_scenario_fail_and_tells_expected_and_actual() {
        // given
        system.answers("GET /orders/1", 200, "{\"status\":\"REJECTED\"}");

        // when
        Performance performance = play(stage -> stage.check("the order", "COMPLETED", "/orders/1", Shop::statusOf));

        // then
        assertThat(performance.passed()).isFalse();
        assertThat(performance.failedChecks())
                .containsExactly(new Step.Checked("the order", false, "COMPLETED", "REJECTED", "GET /orders/1"));
    }

    @Test
    void after_a_failed_check_the_scenario_goes_on() {
        // given
        system.answers("GET /orders/1", 200, "{\"status\":\"REJECTED\"}")
                .answers("GET /shipments/1", 200, "{\"status\":\"CREATED\"}");

        // when
        Performance performance = play(stage -> {
            stage.check("the order", "COMPLETED", "/orders/1", Shop::statusOf);
            stage.check("the shipment", "CREATED", "/shipments/1", Shop::statusOf);
        });

        // then
        assertThat(performance.checks()).extracting(Step.Checked::passed).containsExactly(false, true);
        assertThat(performance.passed()).isFalse();
    }

    @Test
    void a_check_of_what_does_not_answer_tells_what_the_problem_said() {
        // when
        Performance performance = play(stage -> stage.check("the order", "COMPLETED", "/orders/1", Shop::statusOf));

        // then
        assertThat(performance.failedChecks())
                .extracting(Step.Checked::actual)
                .containsExactly("404: There is nothing.");
    }

    @Test
    void one_of_several_right_answers_is_enough() {
        // given
        system.answers("GET /payments/1", 200, "{\"status\":\"PROCESSED\"}")
                .answers("GET /payments/1", 200, "{\"status\":\"REFUNDED\"}");

        // when
        Performance performance = play(stage ->
                stage.checkOneOf("the payment", Set.of("REFUNDED", "DECLINED"), "/payments/1", Shop::statusOf));

        // then
        assertThat(performance.steps())
                .containsExactly(
                        new Step.Checked("the payment", true, "DECLINED or REFUNDED", "REFUNDED", "GET /payments/1"));
    }

    @Test
    void something_that_must_not_be_there_fails_the_scenario_if_it_is() {
        // given
        system.answers("GET /shipments/1", 200, "{\"status\":\"CREATED\"}");

        // when
        Performance performance = play(stage -> stage.checkAbsent("a shipment", "/shipments/1"));

        // then
        assertThat(performance.failedChecks())
                .containsExactly(new Step.Checked("a shipment", false, "404", "200", "GET /shipments/1"));
    }

    @Test
    void events_are_waited_for_and_told_as_a_tree() {
        // given
        system.answers("POST /users", 201, "{}")
                .answers("GET /events", 200, "{\"events\":[]}")
                .answers("GET /events", 200, "{\"events\":[%s]}".formatted(event("1", "UserCreated", "null")))
                .answers(
                        "GET /events",
                        200,
                        "{\"events\":[%s,%s]}"
                                .formatted(event("2", "EmailSent", "\"1\""), event("1", "UserCreated", "null")));

        // when
        Performance performance = play(stage ->
                stage.awaitEvents(stage.post("/users", Map.of()), List.of(UserCreated.class, EmailSent.class)));

        // then
        assertThat(performance.passed()).isTrue();
        List<Consequence> trees = ((Step.Followed) performance.steps().getLast()).events();
        assertThat(trees).singleElement().satisfies(root -> {
            assertThat(root.event().name()).isEqualTo("UserCreated");
            assertThat(root.consequences())
                    .extracting(consequence -> consequence.event().name())
                    .containsExactly("EmailSent");
        });
    }

    @Test
    void an_event_that_does_not_follow_ends_the_scenario_and_is_named() {
        // given
        system.answers("POST /users", 201, "{}")
                .answers("GET /events", 200, flow -> "{\"events\":[%s]}".formatted(event("1", "UserCreated", "null")));

        // when
        Performance performance = play(stage -> {
            stage.awaitEvents(stage.post("/users", Map.of()), List.of(UserCreated.class, EmailSent.class));
            stage.say("This is not reached.");
        });

        // then
        assertThat(performance.passed()).isFalse();
        assertThat(performance.failure()).contains("POST /users must be followed by EmailSent,");
        assertThat(performance.steps()).last().isInstanceOf(Step.Followed.class);
    }

    @Test
    void a_call_is_made_again_until_the_system_is_ready_for_it() {
        // given
        system.answers("POST /accounts/1/deposits", 404, "{}")
                .answers("POST /accounts/1/deposits", 404, "{}")
                .answers("POST /accounts/1/deposits", 201, "{}");

        // when
        Performance performance = play(stage -> stage.postOnceReady("/accounts/1/deposits", Map.of(), Map.of(), 404));

        // then
        assertThat(performance.steps()).singleElement().satisfies(step -> {
            assertThat(((Step.Called) step).status()).isEqualTo(201);
            assertThat(((Step.Called) step).asked()).isEqualTo(3);
        });
    }

    @Test
    void a_call_that_the_system_is_never_ready_for_ends_the_scenario() {
        // when
        Performance performance = play(stage -> stage.postOnceReady("/accounts/1/deposits", Map.of(), Map.of(), 404));

        // then
        assertThat(performance.failure())
                .isEqualTo("POST /accounts/1/deposits answered 404: There is nothing., and not a success.");
    }

    @Test
    void each_call_begins_a_flow_of_its_own() {
        // given
        system.answers("POST /users", 201, "{}");

        // when
        Answer[] answers = new Answer[2];
        play(stage -> {
            answers[0] = stage.post("/users", Map.of());
            answers[1] = stage.post("/users", Map.of());
        });

        // then
        assertThat(answers[0].correlationId()).isNotEqualTo(answers[1].correlationId());
    }

    @Test
    void a_gateway_that_does_not_answer_fails_the_scenario_and_says_what_to_do() {
        // given
        URI nobody = system.uri();
        system.close();

        // when
        Performance performance = play(nobody, stage -> stage.post("/users", Map.of()));

        // then
        assertThat(performance.failure())
                .startsWith("The gateway at %s does not answer".formatted(nobody))
                .endsWith("start the system with ./tidings up, or say in TIDINGS_GATEWAY where it is.");
    }

    @Test
    void a_scenario_that_fails_does_not_keep_the_next_from_being_played() {
        // given
        system.answers("GET /orders/1", 200, "{\"status\":\"COMPLETED\"}");
        Scenario broken = scenario(stage -> stage.post("/nowhere", Map.of()).as("userId", String.class));
        Scenario right = scenario(stage -> stage.check("the order", "COMPLETED", "/orders/1", Shop::statusOf));

        // when
        List<Performance> performances = player(system.uri()).play(List.of(broken, right));

        // then
        assertThat(performances).extracting(Performance::passed).containsExactly(false, true);
    }

    private static String event(String id, String name, String cause) {
        return """
                {"eventId":"%s","topic":"users","key":"k","type":"io.tidings.%s.v1","source":"/user-service",
                 "correlationId":"c","causationId":%s,"time":"2026-01-01T00:00:0%s.5Z",
                 "recordedAt":"2026-01-01T00:00:09Z","data":{"userId":"u"}}
                """.formatted(id, name, cause, id);
    }

    private Performance play(Consumer<Stage> plot) {
        return play(system.uri(), plot);
    }

    private static Performance play(URI gateway, Consumer<Stage> plot) {
        return player(gateway).play(List.of(scenario(plot))).getFirst();
    }

    private static ScenarioPlayer player(URI gateway) {
        return new ScenarioPlayer(
                Door.gateway(gateway),
                Door.mailbox(gateway),
                new Patience(Duration.ofMillis(300), Duration.ofMillis(5)),
                Narrator.silent());
    }

    private static Scenario scenario(Consumer<Stage> plot) {
        return new Scenario() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public String title() {
                return "A test";
            }

            @Override
            public String pattern() {
                return "None";
            }

            @Override
            public void play(Stage stage) {
                plot.accept(stage);
            }
        };
    }
}
