package io.tidings.scenarios.narration;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes what happens as text, for people. */
public final class TextNarrator implements Narrator {

    private final PrintStream out;
    private final Colours colours;

    public TextNarrator(PrintStream out, Colours colours) {
        this.out = out;
        this.colours = colours;
    }

    /** On standard output, in UTF-8 whatever the locale: where none is set, as in containers, marks would be lost. */
    public static TextNarrator onStandardOutput() {
        return new TextNarrator(new PrintStream(System.out, true, StandardCharsets.UTF_8), Colours.ofThisTerminal());
    }

    @Override
    public void begins(String scenario, String title, String pattern) {
        out.println();
        out.println(colours.bold("▶ " + scenario + ": " + title));
        out.println(colours.faint("  Pattern: " + pattern));
    }

    @Override
    public void tells(Step step) {
        switch (step) {
            case Step.Said said -> {
                out.println();
                out.println("  " + said.sentence());
            }
            case Step.Listed listed -> listed.items().forEach(item -> out.println("      " + item));
            case Step.Called called -> out.println("  " + lineOf(called));
            case Step.Followed followed -> write(followed);
            case Step.Checked checked -> out.println("  " + lineOf(checked));
        }
    }

    @Override
    public void ends(Performance performance) {
        String failure = performance.failure();
        if (failure != null) {
            out.println("  " + colours.red("✘ " + failure));
        }
    }

    @Override
    public void sumsUp(List<Performance> performances) {
        int width = performances.stream()
                .mapToInt(performance -> performance.scenario().length())
                .max()
                .orElse(0);
        out.println();
        for (Performance performance : performances) {
            String name = performance.scenario()
                    + " ".repeat(width - performance.scenario().length());
            String outcome = performance.passed() ? colours.green("✔ passed") : colours.red("✘ failed");
            out.println("  %s  %s  %,6d ms  %d checks"
                    .formatted(
                            name,
                            outcome,
                            performance.took().toMillis(),
                            performance.checks().size()));
        }
        long passed = performances.stream().filter(Performance::passed).count();
        boolean all = passed == performances.size();
        String sum = "%d of %d scenarios passed.".formatted(passed, performances.size());
        out.println();
        out.println("  " + colours.bold(all ? colours.green(sum) : colours.red(sum)));
    }

    private String lineOf(Step.Called called) {
        String more = called.asked() == 1 ? "" : " (asked %d times until it was ready)".formatted(called.asked());
        return "%s %s → %d in %d ms%s"
                .formatted(
                        called.method(),
                        called.path(),
                        called.status(),
                        called.took().toMillis(),
                        colours.faint(more));
    }

    private String lineOf(Step.Checked checked) {
        String said = checked.passed()
                ? colours.green("✔ ") + checked.what() + ": " + checked.actual()
                : colours.red("✘ %s: expected %s, and it is %s"
                        .formatted(checked.what(), checked.expected(), checked.actual()));
        return checked.readFrom() == null ? said : said + colours.faint("   " + checked.readFrom());
    }

    private void write(Step.Followed followed) {
        List<Line> lines = new ArrayList<>();
        followed.events().forEach(root -> addLines(lines, root, "", ""));
        if (lines.isEmpty()) {
            out.println("      no event followed");
        }
        int labels =
                lines.stream().mapToInt(line -> line.label().length()).max().orElse(0);
        int services =
                lines.stream().mapToInt(line -> line.service().length()).max().orElse(0);
        for (Line line : lines) {
            out.println(
                    "      " + line.label() + " ".repeat(labels - line.label().length()) + "   "
                            + colours.faint(line.service())
                            + " ".repeat(services - line.service().length()) + "   "
                            + "%+5d ms".formatted(line.after().toMillis()));
        }
    }

    private static void addLines(List<Line> lines, Consequence consequence, String first, String others) {
        lines.add(new Line(
                first + consequence.event().nameAndVersion(),
                consequence.event().service(),
                consequence.after()));
        List<Consequence> following = consequence.consequences();
        for (int index = 0; index < following.size(); index++) {
            boolean last = index == following.size() - 1;
            addLines(lines, following.get(index), others + (last ? "└─ " : "├─ "), others + (last ? "   " : "│  "));
        }
    }

    private record Line(String label, String service, Duration after) {}
}
