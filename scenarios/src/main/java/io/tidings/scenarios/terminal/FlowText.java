package io.tidings.scenarios.terminal;

import io.tidings.scenarios.narration.Colours;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A flow as a tree, with the time of each hop. */
final class FlowText {

    private final Colours colours;

    FlowText(Colours colours) {
        this.colours = colours;
    }

    List<String> linesOf(JsonNode flow) {
        List<String> lines = new ArrayList<>();
        lines.add("%s %s: %s after %s, %d messages since %s"
                .formatted(
                        colours.bold("Flow"),
                        colours.bold(Values.text(flow, "correlationId")),
                        state(Values.text(flow, "state")),
                        Values.duration(flow.path("durationMillis").asDouble(0)),
                        flow.path("messages").asLong(0),
                        Values.text(flow, "startedAt")));
        flow.path("undertakings").valueStream().map(this::lineOfUndertaking).forEach(lines::add);
        lines.addAll(treeOf(flow.path("tree").valueStream().toList()));
        if (!flow.path("whole").asBoolean(true)) {
            lines.add(colours.faint("  There are more messages: GET /events?correlationId= has all."));
        }
        flow.path("related")
                .valueStream()
                .map(related -> colours.faint("  See also flow " + related.asString("")))
                .forEach(lines::add);
        return lines;
    }

    private String state(String state) {
        return switch (state) {
            case "done" -> colours.green(state);
            case "stalled" -> colours.red(state);
            default -> colours.bold(state);
        };
    }

    private String lineOfUndertaking(JsonNode undertaking) {
        List<String> open = undertaking
                .path("open")
                .valueStream()
                .map(one -> one.asString(""))
                .toList();
        String outcome = undertaking.path("outcome").asString("not ended");
        return "  %s: %s%s"
                .formatted(
                        Values.text(undertaking, "key"),
                        outcome,
                        open.isEmpty() ? "" : colours.red(", open: " + String.join(", ", open)));
    }

    private List<String> treeOf(List<JsonNode> steps) {
        Table table = new Table();
        for (int index = 0; index < steps.size(); index++) {
            JsonNode step = steps.get(index);
            boolean dead = step.path("deadLetter").asBoolean(false);
            String label = branch(steps, index)
                    + Values.nameAndVersion(Values.text(step, "type"))
                    + (dead ? " (dead letter)" : "");
            table.add(
                    new Table.Cell(label, dead ? colours::red : text -> text),
                    new Table.Cell(Values.text(step, "service"), colours::faint),
                    Table.Cell.of(
                            "+" + Values.duration(step.path("afterStartMillis").asDouble(0))),
                    new Table.Cell(hop(step), colours::faint));
        }
        return table.lines("  ");
    }

    private static String hop(JsonNode step) {
        return step.path("afterCauseMillis").isNumber()
                ? "hop " + Values.duration(step.path("afterCauseMillis").asDouble(0))
                : "";
    }

    /** The lines that lead to a step: those of its ancestors go on where they have more to come. */
    private static String branch(List<JsonNode> steps, int index) {
        int depth = depth(steps.get(index));
        StringBuilder branch = new StringBuilder();
        for (int level = 1; level < depth; level++) {
            branch.append(goesOn(steps, index, level) ? "│  " : "   ");
        }
        return depth == 0 ? "" : branch + (goesOn(steps, index, depth) ? "├─ " : "└─ ");
    }

    private static boolean goesOn(List<JsonNode> steps, int index, int level) {
        for (int later = index + 1; later < steps.size() && depth(steps.get(later)) >= level; later++) {
            if (depth(steps.get(later)) == level) {
                return true;
            }
        }
        return false;
    }

    private static int depth(JsonNode step) {
        return step.path("depth").asInt(0);
    }
}
