package io.tidings.scenarios.terminal;

import io.tidings.scenarios.narration.Colours;
import tools.jackson.databind.JsonNode;

/** An event as one line. */
final class EventText {

    private final Colours colours;

    EventText(Colours colours) {
        this.colours = colours;
    }

    String lineOf(JsonNode event) {
        String topic = Values.text(event, "topic");
        String type = "%-24s".formatted(Values.nameAndVersion(Values.text(event, "type")));
        boolean dead = topic.endsWith(".dlt");
        return "%s  %s  %s  %s  %s"
                .formatted(
                        colours.faint(Values.time(event, "time")),
                        dead ? colours.red(type) : colours.bold(type),
                        "%-22s"
                                .formatted(
                                        dead
                                                ? topic
                                                : Values.text(event, "source").replaceFirst("^/", "")),
                        Values.text(event, "key"),
                        colours.faint("flow " + Values.text(event, "correlationId")));
    }
}
