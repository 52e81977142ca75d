package io.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.scenarios.Scenario;
import io.tidings.scenarios.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages point to is there. */
class DocumentationTest {

    private static final Path ROOT =
            Path.of(System.getProperty("tidings.root")).toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern DEMO = Pattern.compile("\\./tidings demo((?: +[a-z]+(?:-[a-z]+)*)+)");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file ->
                            !ROOT.relativize(file).toString().matches("(.*/)?(target|node_modules|\\.[a-z]+)/.*"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_resolves(Path page) throws IOException {
        List<String> broken = LINK.matcher(Files.readString(page))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !Files.exists(page.resolveSibling(link)))
                .toList();

        assertThat(broken)
                .as("links of %s that lead nowhere", ROOT.relativize(page))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_scenario_that_is_named_can_be_played(Path page) throws IOException {
        Set<String> playable = Scenarios.all().stream().map(Scenario::name).collect(Collectors.toSet());

        List<String> named = DEMO.matcher(Files.readString(page))
                .results()
                .map(MatchResult::group)
                .flatMap(command -> Stream.of(command.split(" +")).skip(2))
                .toList();

        assertThat(playable)
                .as("scenarios that %s names", ROOT.relativize(page))
                .containsAll(named);
    }

    @Test
    void every_pattern_has_a_row_in_the_readme() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));

        try (Stream<Path> patterns = Files.list(ROOT.resolve("docs/patterns"))) {
            assertThat(patterns.map(page -> page.getFileName().toString()).filter(page -> !page.equals("README.md")))
                    .allSatisfy(page -> assertThat(readme).contains("(docs/patterns/%s)".formatted(page)));
        }
    }
}
