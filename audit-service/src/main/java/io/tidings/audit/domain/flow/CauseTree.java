package io.tidings.audit.domain.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a flow, each below the one that caused it. It is made from what the messages say of themselves, so it
 * takes whatever they say: a cause that is not there makes a root, and a circle is cut where it began.
 *
 * @param steps from the root down, the earlier branch first
 */
public record CauseTree(List<Step> steps) {

    private static final Comparator<FlowMessage> BY_TIME = Comparator.comparing(FlowMessage::time)
            .thenComparing(message -> message.eventId().toString());

    /**
     * @param depth 0 for a root
     * @param cause null for a root
     * @param afterStart since the first message of the flow
     * @param afterCause the time of the hop: since the cause was published; less than nothing if the publishers' clocks
     *     differ
     */
    public record Step(
            FlowMessage message,
            int depth,
            @Nullable FlowMessage cause,
            Duration afterStart,
            @Nullable Duration afterCause) {}

    public static CauseTree of(Collection<FlowMessage> messages) {
        Map<String, FlowMessage> byId = new LinkedHashMap<>();
        messages.stream()
                .sorted(BY_TIME)
                .forEach(message -> byId.put(message.eventId().toString(), message));
        if (byId.isEmpty()) {
            return new CauseTree(List.of());
        }
        Map<UUID, List<FlowMessage>> following = new HashMap<>();
        List<FlowMessage> roots = new ArrayList<>();
        for (FlowMessage message : byId.values()) {
            FlowMessage cause = message.causationId() == null ? null : byId.get(message.causationId());
            if (cause == null || cause.equals(message)) {
                roots.add(message);
            } else {
                following
                        .computeIfAbsent(cause.eventId(), first -> new ArrayList<>())
                        .add(message);
            }
        }
        Instant start = byId.values().iterator().next().time();
        Map<UUID, Step> reached = new LinkedHashMap<>();
        roots.forEach(root -> follow(root, following, start, reached));
        // What is left goes round in circles.
        byId.values().forEach(message -> follow(message, following, start, reached));
        return new CauseTree(List.copyOf(reached.values()));
    }

    /** Without recursion: nobody knows how long a chain of causes is. */
    private static void follow(
            FlowMessage root, Map<UUID, List<FlowMessage>> following, Instant start, Map<UUID, Step> reached) {
        Deque<Step> ahead = new ArrayDeque<>();
        ahead.push(new Step(root, 0, null, Duration.between(start, root.time()), null));
        while (!ahead.isEmpty()) {
            Step step = ahead.pop();
            FlowMessage cause = step.message();
            if (reached.putIfAbsent(cause.eventId(), step) == null) {
                following.getOrDefault(cause.eventId(), List.of()).reversed().stream()
                        .map(message -> new Step(
                                message,
                                step.depth() + 1,
                                cause,
                                Duration.between(start, message.time()),
                                Duration.between(cause.time(), message.time())))
                        .forEach(ahead::push);
            }
        }
    }

    /**
     * The same in the order of time, but never an effect before its cause, whatever the clocks say.
     *
     * @param messageOf the message to a thing
     */
    public static <T> List<T> inOrder(Collection<T> things, Function<T, FlowMessage> messageOf) {
        Map<UUID, T> byId = new HashMap<>();
        things.forEach(thing -> byId.put(messageOf.apply(thing).eventId(), thing));
        List<Step> steps = new ArrayList<>(
                CauseTree.of(things.stream().map(messageOf).toList()).steps());
        // A tree names each cause before its effects, so one pass lifts each to where it can be.
        Map<UUID, Instant> notBefore = new HashMap<>();
        for (Step step : steps) {
            Instant own = step.message().time();
            Instant least = step.cause() == null
                    ? own
                    : notBefore.getOrDefault(step.cause().eventId(), own);
            notBefore.put(step.message().eventId(), own.isBefore(least) ? least : own);
        }
        return steps.stream()
                .map(Step::message)
                .sorted(Comparator.comparing(message -> notBefore.getOrDefault(message.eventId(), message.time())))
                .map(message -> byId.get(message.eventId()))
                .toList();
    }
}
