package io.tidings.audit.api;

import io.tidings.audit.domain.flow.SequenceDiagram;
import io.tidings.audit.domain.flow.SequenceDiagram.Line;
import java.util.List;
import org.springframework.web.util.HtmlUtils;

/** A sequence diagram as a drawing that needs neither a script nor a font of its own. It is dark where the reader is. */
final class SvgDiagram {

    private static final int COLUMN = 190;
    private static final int ROW = 40;
    private static final int HEAD = 70;
    private static final int MARGIN = 20;

    private static final String BEGINNING = """
            <svg xmlns="http://www.w3.org/2000/svg" role="img" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d">
            <title>Who told whom what</title>
            <style>
            svg { font: 13px system-ui, sans-serif; background: #fff; --ink: #24292f; --faint: #8c959f; --box: #ddf4ff; --bad: #cf222e }
            text { fill: var(--ink); text-anchor: middle } .time { fill: var(--faint); font-size: 11px }
            rect { fill: var(--box); stroke: var(--faint) } .life { stroke: var(--faint); stroke-dasharray: 3 4 }
            .told { stroke: var(--ink); fill: none; marker-end: url(#tip) } .bad { fill: var(--bad) }
            @media (prefers-color-scheme: dark) { svg { background: #0d1117; --ink: #e6edf3; --faint: #6e7681; --box: #12263a; --bad: #ff7b72 } }
            </style>
            <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
            <path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker></defs>
            """;

    private final SequenceDiagram diagram;
    private final StringBuilder drawing = new StringBuilder();

    private SvgDiagram(SequenceDiagram diagram) {
        this.diagram = diagram;
    }

    static String write(SequenceDiagram diagram) {
        return new SvgDiagram(diagram).draw();
    }

    private String draw() {
        List<String> participants = diagram.participants();
        int width = 2 * MARGIN + COLUMN * Math.max(1, participants.size());
        int height = HEAD + ROW * (diagram.lines().size() + 1);
        drawing.append(BEGINNING.formatted(width, height));
        for (String participant : participants) {
            int x = column(participant);
            add("<line class=\"life\" x1=\"%d\" y1=\"50\" x2=\"%d\" y2=\"%d\"/>", x, x, height - MARGIN);
            add("<rect x=\"%d\" y=\"16\" width=\"%d\" height=\"34\" rx=\"6\"/>", x - COLUMN / 2 + 8, COLUMN - 16);
            add("<text x=\"%d\" y=\"38\">%s</text>", x, text(participant));
        }
        int y = HEAD + ROW;
        for (Line line : diagram.lines()) {
            draw(line, y - ROW / 2);
            y += ROW;
        }
        return drawing.append("</svg>\n").toString();
    }

    private void draw(Line line, int y) {
        switch (line) {
            case Line.Request(var to) -> arrow(SequenceDiagram.CALLER, to, y, "request", "");
            case Line.Told told -> arrow(told.from(), told.to(), y, told.message(), DiagramTime.of(told.afterStart()));
            case Line.Heard heard -> note(heard.by(), y, "", heard.message(), DiagramTime.of(heard.afterStart()));
            case Line.Failed failed ->
                note(failed.by(), y, "bad", "✗ " + failed.message(), DiagramTime.of(failed.afterStart()));
        }
    }

    private void arrow(String from, String to, int y, String label, String time) {
        int start = column(from);
        int end = column(to);
        int middle = start == end ? start + COLUMN / 3 : (start + end) / 2;
        if (start == end) {
            add("<path class=\"told\" d=\"M%d %dh24v12h-22\"/>", start, y - 6);
        } else {
            add("<path class=\"told\" d=\"M%d %dH%d\"/>", start, y, end + (end > start ? -2 : 2));
        }
        label(middle, y - 6, "", label, time);
    }

    private void note(String by, int y, String style, String label, String time) {
        add("<circle cx=\"%d\" cy=\"%d\" r=\"4\" class=\"%s\" fill=\"currentColor\"/>", column(by), y, style);
        label(column(by), y - 8, style, label, time);
    }

    private void label(int x, int y, String style, String label, String time) {
        add(
                "<text x=\"%d\" y=\"%d\" class=\"%s\">%s <tspan class=\"time\">%s</tspan></text>",
                x, y, style, text(label), text(time));
    }

    private int column(String participant) {
        return MARGIN + COLUMN / 2 + COLUMN * diagram.participants().indexOf(participant);
    }

    private void add(String element, Object... values) {
        drawing.append(element.formatted(values)).append('\n');
    }

    /** Whoever writes to a topic chooses names: an XML text has neither markup nor control characters. */
    private static String text(String name) {
        String shortened = name.length() > 40 ? name.substring(0, 39) + "…" : name;
        return HtmlUtils.htmlEscapeDecimal(shortened.replaceAll("\\p{Cntrl}|[\\uFFFE\\uFFFF\\p{Cs}]", "\uFFFD"));
    }
}
