package io.tidings.scenarios.narration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event with all that followed from it.
 *
 * @param after the time from the call to the event; the clocks are those of who called and who published
 * @param consequences in the order in which they were published
 */
public record Consequence(RecordedEvent event, Duration after, List<Consequence> consequences) {

    public Consequence {
        consequences = List.copyOf(consequences);
    }

    /**
     * The events as trees: each below the one that caused it. An event whose cause is not among them, such as one that a
     * request caused, is the root of its own.
     */
    public static List<Consequence> treesOf(Iterable<RecordedEvent> events, Instant calledAt) {
        Map<String, RecordedEvent> byId = new LinkedHashMap<>();
        events.forEach(event -> byId.putIfAbsent(event.eventId(), event));
        List<RecordedEvent> roots = new ArrayList<>();
        Map<String, List<RecordedEvent>> byCause = new HashMap<>();
        byId.values().stream()
                .sorted(Comparator.comparing(RecordedEvent::time).thenComparing(RecordedEvent::eventId))
                .forEach(event -> {
                    String cause = event.causationId();
                    if (cause != null && byId.containsKey(cause)) {
                        byCause.computeIfAbsent(cause, first -> new ArrayList<>())
                                .add(event);
                    } else {
                        roots.add(event);
                    }
                });
        return treesOf(roots, byCause, calledAt);
    }

    private static List<Consequence> treesOf(
            List<RecordedEvent> events, Map<String, List<RecordedEvent>> byCause, Instant calledAt) {
        return events.stream()
                .map(event -> new Consequence(
                        event,
                        Duration.between(calledAt, event.time()),
                        treesOf(byCause.getOrDefault(event.eventId(), List.of()), byCause, calledAt)))
                .toList();
    }
}
