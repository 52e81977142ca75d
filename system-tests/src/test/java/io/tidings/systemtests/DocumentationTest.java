package io.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.scenarios.Scenario;
import io.tidings.scenarios.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages point to is there. */
class DocumentationTest {

    private static final Path ROOT =
            Path.of(System.getProperty("tidings.root")).toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?<page>[^)#\\s]*)(#(?<anchor>[^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);
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
        List<String> broken = linksOf(page).stream()
                .filter(link -> !Files.exists(target(page, link)))
                .map(MatchResult::group)
                .toList();

        assertThat(broken)
                .as("links of %s that lead nowhere", ROOT.relativize(page))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_to_a_heading_finds_it(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (MatchResult link : linksOf(page)) {
            Path target = target(page, link);
            String anchor = link.group("anchor");
            if (anchor != null
                    && target.toString().endsWith(".md")
                    && Files.exists(target)
                    && !anchorsOf(target).contains(anchor)) {
                broken.add(link.group());
            }
        }

        assertThat(broken)
                .as("links of %s to headings that are not there", ROOT.relativize(page))
                .isEmpty();
    }

    /** Without those to other sites. */
    private static List<MatchResult> linksOf(Path page) throws IOException {
        return LINK.matcher(textOf(page))
                .results()
                .filter(link -> !link.group("page").matches("[a-z]+:.*"))
                .toList();
    }

    private static Path target(Path page, MatchResult link) {
        return link.group("page").isEmpty() ? page : page.resolveSibling(link.group("page"));
    }

    /** As GitHub makes them: in small letters, without punctuation, and numbered where one comes again. */
    private static Set<String> anchorsOf(Path page) throws IOException {
        Map<String, Integer> times = new HashMap<>();
        return HEADING.matcher(textOf(page))
                .results()
                .map(heading -> heading.group(1)
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .map(slug -> {
                    int before = times.merge(slug, 1, Integer::sum) - 1;
                    return before == 0 ? slug : slug + "-" + before;
                })
                .collect(Collectors.toSet());
    }

    /** Without blocks of code, where a line that begins with # is a comment. */
    private static String textOf(Path page) throws IOException {
        return CODE.matcher(Files.readString(page)).replaceAll("");
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

    @ParameterizedTest
    @CsvSource({"README.md, docs/patterns/", "docs/patterns/README.md, ''"})
    void every_pattern_has_a_row_in_both_tables(String table, String folder) throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve(table)).stream()
                .filter(line -> line.startsWith("| ["))
                .toList();

        try (Stream<Path> patterns = Files.list(ROOT.resolve("docs/patterns"))) {
            assertThat(patterns.map(page -> page.getFileName().toString()).filter(page -> !page.equals("README.md")))
                    .allSatisfy(page -> assertThat(rows)
                            .as("rows of %s", table)
                            .anyMatch(row -> row.contains("](%s%s)".formatted(folder, page))));
        }
    }
}
