package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportWriterTest {

    private static final Measure SPEED = Measure.charted("speed", "delivered", "/s", 0);
    private static final Measure LOST = Measure.of("lost", "lost", "", 0);

    @TempDir
    Path folder;

    private final Measurements measurements = new Measurements();

    @BeforeEach
    void measure() {
        measurements.add("tidings", SPEED, 1, 4000);
        measurements.add("tidings", SPEED, 2, 5000);
        measurements.add("tidings", SPEED, 3, 4500);
        measurements.add("tidings", LOST, 1, 0);
        measurements.add("other", SPEED, 1, 500);
    }

    @Test
    void the_page_shows_medians_with_their_spread_versions_and_goals() {
        // when
        String page = writer(goal(8)).markdown();
        // then
        assertThat(page)
                .contains("| Tidings | 4,500 (4,000 to 5,000) | 0 |")
                .contains("| Another & more | 500 | – |")
                .contains("other-library 1.2")
                .contains("| to the other | ≥ 8 × | 9.50 | 8 to 10 | met |")
                .contains("`./tidings bench speed`")
                .contains("**Only ratios hold, and only within one run.**")
                .contains("![delivered](speed-speed.svg)");
    }

    @Test
    void a_goal_that_is_missed_says_so() {
        assertThat(writer(goal(10)).markdown()).contains("| **missed** |");
    }

    @Test
    void a_promise_is_missed_if_one_round_misses_it() {
        // given one round of three that lost something
        Optional<Summary> lost = Optional.of(Summary.of(List.of(0.0, 0.0, 7.0)));
        // then
        assertThat(Goal.atMost(0, "", "lost", lost).isMet()).isTrue();
        assertThat(Goal.atMost(0, "", "lost", lost).inEachRound().isMet()).isFalse();
        assertThat(writer(Goal.atMost(0, "", "lost", lost).inEachRound()).markdown())
                .contains("| lost | ≤ 0, in each round | 0 | 0 to 7 | **missed** |");
    }

    @Test
    void a_goal_that_was_not_measured_is_not_met() {
        // given
        Goal unknown = Goal.atMost(6, " ms", "p99", Optional.empty());
        // then
        assertThat(writer(unknown).markdown()).contains("| p99 | ≤ 6 ms | not measured |  |  |");
        assertThat(unknown.isMet()).isFalse();
    }

    @Test
    void the_json_holds_every_round() {
        // when
        JsonNode json = JsonMapper.shared().readTree(writer(goal(8)).json());
        // then
        JsonNode speed = json.at("/contenders/0/measures/speed");
        assertThat(speed.path("median").asDouble()).isEqualTo(4500);
        assertThat(speed.path("rounds")).hasSize(3);
        assertThat(json.at("/goals/0/met").asBoolean()).isTrue();
    }

    @Test
    void each_charted_measure_is_a_well_formed_picture_with_a_bar_for_each_who_has_it() throws Exception {
        // when
        writer(goal(8)).write(folder);
        // then
        assertThat(folder.resolve("speed-lost.svg")).doesNotExist();
        Document picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Files.newInputStream(folder.resolve("speed-speed.svg")));
        assertThat(picture.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2);
        assertThat(picture.getDocumentElement().getTextContent())
                .contains("delivered, /s")
                .contains("Another & more")
                .contains("4,500");
    }

    private ReportWriter writer(Goal goal) {
        List<Contender> contenders = List.of(contender("tidings", "Tidings"), contender("other", "Another & more"));
        Report report = new Report(
                "speed",
                "Speed",
                "How fast?",
                contenders,
                List.of(SPEED, LOST),
                measurements,
                List.of(goal),
                List.of("Somehow."),
                List.of());
        Surroundings surroundings = new Surroundings(
                LocalDate.of(2026, 1, 2),
                Map.of("machine", "2 cores"),
                Map.of("other", Map.of("other-library", "1.2")));
        return new ReportWriter(report, surroundings, "./tidings bench speed");
    }

    private static Goal goal(double wanted) {
        return Goal.atLeast(wanted, " ×", "to the other", Optional.of(new Summary(9.5, 8, 10, 3)));
    }

    private static Contender contender(String id, String title) {
        return new Contender(id, title, id, "Main", List.of(), Map.of(), "As it is.");
    }
}
