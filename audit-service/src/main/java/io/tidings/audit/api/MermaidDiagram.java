package io.tidings.audit.api;

import io.tidings.audit.domain.flow.SequenceDiagram;
import io.tidings.audit.domain.flow.SequenceDiagram.Line;
import java.util.List;

/** A sequence diagram as text, for <a href="https://mermaid.js.org/syntax/sequenceDiagram.html">Mermaid</a>. */
final class MermaidDiagram {

    private MermaidDiagram() {}

    static String write(SequenceDiagram diagram) {
        List<String> participants = diagram.participants();
        StringBuilder text = new StringBuilder("sequenceDiagram\n");
        for (String participant : participants) {
            text.append("    %s %s as %s\n"
                    .formatted(
                            participant.equals(SequenceDiagram.CALLER) ? "actor" : "participant",
                            id(participants, participant),
                            plain(participant)));
        }
        diagram.lines().forEach(line -> text.append("    %s\n".formatted(lineOf(participants, line))));
        return text.toString();
    }

    private static String lineOf(List<String> participants, Line line) {
        return switch (line) {
            case Line.Request(var to) ->
                "%s->>%s: request".formatted(id(participants, SequenceDiagram.CALLER), id(participants, to));
            case Line.Told told ->
                "%s-)%s: %s, %s"
                        .formatted(
                                id(participants, told.from()),
                                id(participants, told.to()),
                                plain(told.message()),
                                DiagramTime.of(told.afterStart()));
            case Line.Heard heard ->
                "Note over %s: %s, %s"
                        .formatted(
                                id(participants, heard.by()),
                                plain(heard.message()),
                                DiagramTime.of(heard.afterStart()));
            case Line.Failed failed ->
                "%1$s-x%1$s: %2$s is a dead letter, %3$s"
                        .formatted(
                                id(participants, failed.by()),
                                plain(failed.message()),
                                DiagramTime.of(failed.afterStart()));
        };
    }

    /** Names may be words of Mermaid's language, so they are only labels. */
    private static String id(List<String> participants, String participant) {
        return "p" + participants.indexOf(participant);
    }

    /** Whoever writes to a topic chooses names. */
    private static String plain(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N} ._-]", "_").strip();
        return plain.isEmpty() ? "nameless" : plain;
    }
}
