package io.tidings.audit.domain.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who told whom what, from top to bottom: drawn from the messages that were told, not from what anyone planned. A message
 * goes to each service that published something because of it; who listened and kept silent is not seen.
 *
 * @param participants in the order in which they joined
 */
public record SequenceDiagram(List<String> participants, List<Line> lines) {

    /** Whoever sent the request. */
    public static final String CALLER = "caller";

    /** A line of the diagram. */
    public sealed interface Line {

        /** Somebody outside asked a service for something. */
        record Request(String to) implements Line {}

        /** A message of one service to which another reacted. */
        record Told(String from, String to, String message, Duration afterStart) implements Line {}

        /** A message to which nobody reacted visibly. */
        record Heard(String by, String message, Duration afterStart) implements Line {}

        /** A message that a service could not handle. */
        record Failed(String by, String message, Duration afterStart) implements Line {}
    }

    public static SequenceDiagram of(CauseTree tree) {
        Map<UUID, Set<String>> reacting = new LinkedHashMap<>();
        for (CauseTree.Step step : tree.steps()) {
            FlowMessage cause = step.cause();
            if (cause != null) {
                reacting.computeIfAbsent(cause.eventId(), first -> new LinkedHashSet<>())
                        .add(step.message().service());
            }
        }
        List<Line> lines = new ArrayList<>();
        Set<String> requests = new HashSet<>();
        for (CauseTree.Step step : CauseTree.inOrder(tree.steps(), CauseTree.Step::message)) {
            FlowMessage message = step.message();
            // Several messages of one request have its trace in common.
            if (message.causationId() == null
                    && requests.add(message.service()
                            + message.trace().orElse(message.eventId().toString()))) {
                lines.add(new Line.Request(message.service()));
            }
            Set<String> listeners = reacting.getOrDefault(message.eventId(), Set.of());
            if (message.isDeadLetter()) {
                lines.add(new Line.Failed(message.service(), message.name(), step.afterStart()));
            } else if (listeners.isEmpty()) {
                lines.add(new Line.Heard(message.service(), message.name(), step.afterStart()));
            }
            listeners.forEach(listener ->
                    lines.add(new Line.Told(message.service(), listener, message.name(), step.afterStart())));
        }
        return new SequenceDiagram(participantsOf(lines), lines);
    }

    private static List<String> participantsOf(List<Line> lines) {
        Set<String> participants = new LinkedHashSet<>();
        for (Line line : lines) {
            switch (line) {
                case Line.Request(var to) -> {
                    participants.add(CALLER);
                    participants.add(to);
                }
                case Line.Told told -> {
                    participants.add(told.from());
                    participants.add(told.to());
                }
                case Line.Heard heard -> participants.add(heard.by());
                case Line.Failed failed -> participants.add(failed.by());
            }
        }
        return List.copyOf(participants);
    }
}
