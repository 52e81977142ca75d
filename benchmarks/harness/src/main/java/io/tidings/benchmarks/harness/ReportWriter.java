package io.tidings.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a report as JSON for programs, as a page for people, and as the charts of that page. */
final class ReportWriter {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Report report;
    private final Surroundings surroundings;
    private final String command;

    ReportWriter(Report report, Surroundings surroundings, String command) {
        this.report = report;
        this.surroundings = surroundings;
        this.command = command;
    }

    /** Answers the page. */
    Path write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(report.name() + ".json"), json() + "\n");
            for (Measure measure : charted()) {
                Files.writeString(
                        folder.resolve(chartOf(measure)), chart(measure).svg());
            }
            return Files.writeString(folder.resolve(report.name() + ".md"), markdown());
        } catch (IOException failure) {
            throw new UncheckedIOException("The report can't be written to %s.".formatted(folder), failure);
        }
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("benchmark", report.name());
        all.put("command", command);
        all.put("day", surroundings.day().toString());
        all.put("surroundings", surroundings.facts());
        all.put(
                "contenders",
                report.contenders().stream().map(this::contenderAsJson).toList());
        all.put("goals", report.goals().stream().map(ReportWriter::goalAsJson).toList());
        all.put("problems", report.problems());
        return MAPPER.writeValueAsString(all);
    }

    private Map<String, Object> contenderAsJson(Contender contender) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", contender.id());
        json.put("title", contender.title());
        json.put("versions", versionsOf(contender));
        json.put("settings", contender.settings());
        Map<String, Object> measures = new LinkedHashMap<>();
        for (Measure measure : report.measures()) {
            report.measurements()
                    .summary(contender.id(), measure)
                    .ifPresent(summary -> measures.put(
                            measure.id(),
                            Map.of(
                                    "unit", measure.unit(),
                                    "median", summary.median(),
                                    "smallest", summary.smallest(),
                                    "largest", summary.largest(),
                                    "rounds", report.measurements().samples(contender.id(), measure))));
        }
        json.put("measures", measures);
        return json;
    }

    private static Map<String, Object> goalAsJson(Goal goal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("goal", goal.text());
        json.put("wanted", goal.wish());
        goal.reached().ifPresent(reached -> json.put("reached", reached.median()));
        json.put("met", goal.isMet());
        return json;
    }

    String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# %s%n%n".formatted(report.title()));
        page.append("<!-- Written by ./tidings bench: change the benchmark, not this page. -->%n%n".formatted());
        page.append(report.introduction().strip()).append("\n\n");
        page.append("Measured on %s by `%s`.%n%n".formatted(surroundings.day(), command));
        page.append("""
                **Only ratios hold, and only within one run.** Everything here, contenders, Kafka, PostgreSQL and the harness,
                shared the cores of one machine, which other programs may have shared too. The absolute figures of another
                machine, or of this one on another day, are others.

                """);
        appendProblems(page);
        appendGoals(page);
        appendFigures(page);
        charted().forEach(measure -> page.append("![%s](%s)%n%n".formatted(measure.title(), chartOf(measure))));
        appendContenders(page);
        page.append("## How it is measured\n\n");
        report.method().forEach(sentence -> page.append("- %s%n".formatted(sentence)));
        page.append("\n## With what\n\n| | |\n| --- | --- |\n");
        surroundings.facts().forEach((name, value) -> page.append("| %s | %s |%n".formatted(name, value)));
        return page.toString();
    }

    private void appendProblems(StringBuilder page) {
        if (!report.problems().isEmpty()) {
            page.append("## Problems\n\n");
            report.problems().forEach(problem -> page.append("- %s%n".formatted(problem)));
            page.append('\n');
        }
    }

    private void appendGoals(StringBuilder page) {
        if (report.goals().isEmpty()) {
            return;
        }
        page.append(
                "## Tidings against its goals\n\n| | goal | reached | rounds | |\n| --- | --- | --- | --- | --- |\n");
        for (Goal goal : report.goals()) {
            page.append("| %s | %s | %s | %s | %s |%n"
                    .formatted(
                            goal.text(),
                            goal.wish(),
                            goal.reached()
                                    .map(reached -> number(reached.median(), 2))
                                    .orElse("not measured"),
                            goal.reached().map(reached -> range(reached, 2)).orElse(""),
                            goal.reached().isEmpty() ? "" : goal.isMet() ? "met" : "**missed**"));
        }
        page.append('\n');
    }

    private void appendFigures(StringBuilder page) {
        page.append("## Figures\n\nThe median of the rounds, and the smallest and the largest.\n\n| |");
        report.measures()
                .forEach(measure -> page.append(
                        " %s%s |".formatted(measure.title(), measure.unit().isEmpty() ? "" : ", " + measure.unit())));
        page.append("\n| --- |")
                .append(" ---: |".repeat(report.measures().size()))
                .append('\n');
        for (Contender contender : report.contenders()) {
            page.append("| %s |".formatted(contender.title()));
            for (Measure measure : report.measures()) {
                page.append(" %s |"
                        .formatted(report.measurements()
                                .summary(contender.id(), measure)
                                .map(summary -> cell(summary, measure.decimals()))
                                .orElse("–")));
            }
            page.append('\n');
        }
        page.append('\n');
    }

    private void appendContenders(StringBuilder page) {
        page.append("## The contenders\n\n| | versions | how it is used | settings |\n| --- | --- | --- | --- |\n");
        for (Contender contender : report.contenders()) {
            page.append("| %s (`%s`) | %s | %s | %s |%n"
                    .formatted(
                            contender.title(),
                            contender.id(),
                            joined(versionsOf(contender), " "),
                            contender.remark(),
                            contender.settings().isEmpty()
                                    ? ""
                                    : "`" + joined(contender.settings(), "=", "`, `") + "`"));
        }
        page.append('\n');
    }

    private Map<String, String> versionsOf(Contender contender) {
        return surroundings.versions().getOrDefault(contender.id(), Map.of());
    }

    private static String joined(Map<String, String> entries, String between) {
        return joined(entries, between, ", ");
    }

    private static String joined(Map<String, String> entries, String between, String separator) {
        return entries.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + between + entry.getValue())
                .collect(Collectors.joining(separator));
    }

    private static String cell(Summary summary, int decimals) {
        String median = number(summary.median(), decimals);
        return summary.smallest() == summary.largest() ? median : "%s (%s)".formatted(median, range(summary, decimals));
    }

    private static String range(Summary summary, int decimals) {
        return number(summary.smallest(), decimals) + " to " + number(summary.largest(), decimals);
    }

    private static String number(double value, int decimals) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private List<Measure> charted() {
        return report.measures().stream()
                .filter(Measure::charted)
                .filter(measure -> report.contenders().stream()
                        .anyMatch(contender -> report.measurements()
                                .summary(contender.id(), measure)
                                .isPresent()))
                .toList();
    }

    private BarChart chart(Measure measure) {
        List<BarChart.Bar> bars = report.contenders().stream()
                .map(contender -> report.measurements()
                        .summary(contender.id(), measure)
                        .map(summary -> new BarChart.Bar(
                                contender.title(), summary, contender.id().startsWith("tidings"))))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingDouble(bar -> -bar.summary().median()))
                .toList();
        return new BarChart(measure.title(), measure.unit(), measure.decimals(), bars);
    }

    private String chartOf(Measure measure) {
        return "%s-%s.svg".formatted(report.name(), measure.id());
    }
}
