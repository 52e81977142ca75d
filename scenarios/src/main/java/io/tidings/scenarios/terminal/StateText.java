package io.tidings.scenarios.terminal;

import io.tidings.scenarios.narration.Colours;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What was true of something, and what each step changed. */
final class StateText {

    private final Colours colours;

    StateText(Colours colours) {
        this.colours = colours;
    }

    List<String> linesOf(JsonNode entity) {
        List<String> lines = new ArrayList<>();
        JsonNode asOf = entity.path("asOf");
        lines.add("%s%s, step %d of %d"
                .formatted(
                        colours.bold(Values.text(entity, "type") + " " + Values.text(entity, "id")),
                        asOf.isString() ? " at " + asOf.asString() : "",
                        entity.path("position").asInt(0),
                        entity.path("positions").asInt(0)));
        Table state = new Table();
        entity.path("state")
                .properties()
                .forEach(field -> state.add(
                        new Table.Cell(field.getKey(), colours::faint), Table.Cell.of(Values.plain(field.getValue()))));
        lines.addAll(state.lines("  "));
        lines.add("");
        lines.addAll(historyOf(entity.path("history")));
        if (entity.path("more").isString()) {
            lines.add(colours.faint("  More is told by GET " + Values.text(entity, "more")));
        }
        return lines;
    }

    private List<String> historyOf(JsonNode history) {
        Table table = new Table();
        history.valueStream()
                .forEach(step -> table.add(
                        Table.Cell.of(step.path("position").asString("")),
                        new Table.Cell(Values.time(step, "time"), colours::faint),
                        new Table.Cell(Values.nameAndVersion(Values.text(step, "type")), colours::bold),
                        new Table.Cell(changesOf(step), step.has("problem") ? colours::red : text -> text)));
        return table.lines("  ");
    }

    private static String changesOf(JsonNode step) {
        if (step.has("problem")) {
            return Values.text(step, "problem");
        }
        List<String> changes = step.path("changes")
                .valueStream()
                .map(change -> "%s %s → %s"
                        .formatted(
                                Values.text(change, "field"),
                                Values.plain(change.path("from")),
                                Values.plain(change.path("to"))))
                .toList();
        return changes.isEmpty() ? "changed nothing" : String.join(", ", changes);
    }
}
