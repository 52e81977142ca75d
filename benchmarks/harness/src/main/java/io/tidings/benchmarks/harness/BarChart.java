package io.tidings.benchmarks.harness;

import java.util.List;
import java.util.Locale;

/** Horizontal bars, one a contender: the median, and a line from the smallest to the largest value of the rounds. */
record BarChart(String title, String unit, int decimals, List<Bar> bars) {

    private static final int WIDTH = 840;
    private static final int LABELS = 310;
    private static final int VALUES = 90;
    private static final int ROW = 30;
    private static final int TOP = 52;

    /** @param ours whether it stands out */
    record Bar(String label, Summary summary, boolean ours) {}

    BarChart {
        bars = List.copyOf(bars);
    }

    String svg() {
        double longest =
                bars.stream().mapToDouble(bar -> bar.summary().largest()).max().orElse(1);
        int height = TOP + bars.size() * ROW + 14;
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="sans-serif" font-size="13">
                  <title>%s</title>
                  <rect width="100%%" height="100%%" fill="#ffffff"/>
                  <text x="16" y="26" font-size="16" font-weight="bold" fill="#1f2933">%s</text>
                """,
                WIDTH, height, WIDTH, height, escape(title), escape(unit.isEmpty() ? title : title + ", " + unit)));
        for (int row = 0; row < bars.size(); row++) {
            append(svg, bars.get(row), TOP + row * ROW, longest);
        }
        return svg.append("</svg>\n").toString();
    }

    private void append(StringBuilder svg, Bar bar, int y, double longest) {
        Summary summary = bar.summary();
        double scale = longest <= 0 ? 0 : (WIDTH - LABELS - VALUES) / longest;
        int middle = y + ROW / 2 - 4;
        svg.append(format(
                """
                  <text x="%d" y="%d" text-anchor="end" fill="#1f2933"%s>%s</text>
                  <rect x="%d" y="%d" width="%.1f" height="18" fill="%s"/>
                """,
                LABELS - 10,
                y + 16,
                bar.ours() ? " font-weight=\"bold\"" : "",
                escape(bar.label()),
                LABELS,
                y + 2,
                Math.max(1, summary.median() * scale),
                bar.ours() ? "#0b7285" : "#adb5bd"));
        if (summary.rounds() > 1) {
            svg.append(format(
                    """
                      <line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#1f2933" stroke-width="1.5"/>
                    """, LABELS + summary.smallest() * scale, middle, LABELS + summary.largest() * scale, middle));
        }
        svg.append(format(
                """
                  <text x="%.1f" y="%d" fill="#1f2933">%s</text>
                """,
                LABELS + Math.max(summary.median(), summary.rounds() > 1 ? summary.largest() : 0) * scale + 8,
                y + 16,
                format("%,." + decimals + "f", summary.median())));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
