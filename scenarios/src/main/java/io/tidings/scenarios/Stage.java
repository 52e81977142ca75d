package io.tidings.scenarios;

import io.tidings.events.Event;
import io.tidings.events.MessageType;
import io.tidings.scenarios.doors.Answer;
import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.Patience;
import io.tidings.scenarios.doors.UnexpectedAnswerException;
import io.tidings.scenarios.narration.Consequence;
import io.tidings.scenarios.narration.RecordedEvent;
import io.tidings.scenarios.narration.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a scenario is played: it calls the system here, waits for what follows, and checks. Each is told as it happens.
 * Nothing is waited for longer than the stage's patience.
 */
public final class Stage {

    private final Door gateway;
    private final Door mailbox;
    private final Patience patience;
    private final Consumer<Step> audience;

    Stage(Door gateway, Door mailbox, Patience patience, Consumer<Step> audience) {
        this.gateway = gateway;
        this.mailbox = mailbox;
        this.patience = patience;
        this.audience = audience;
    }

    /** Tells what is about to happen. */
    public void say(String sentence) {
        audience.accept(new Step.Said(sentence));
    }

    /** Calls once, whatever the answer. */
    public Answer post(String path, @Nullable Object body) {
        Answer answer = gateway.post(path, body, Map.of());
        tell(answer, 1);
        return answer;
    }

    /**
     * Calls again as long as the answer has this status: the system has not heard yet of something that was made a
     * moment ago.
     *
     * @throws UnexpectedAnswerException if the last answer is no success
     */
    public Answer postOnceReady(String path, Object body, Map<String, String> headers, int notReady) {
        int[] asked = {0};
        Answer answer = patience.look(
                () -> {
                    asked[0]++;
                    return gateway.post(path, body, headers);
                },
                latest -> latest.status() != notReady);
        tell(answer, asked[0]);
        return required(answer);
    }

    /** @throws UnexpectedAnswerException if the answer is no success */
    public Answer get(String path) {
        Answer answer = gateway.get(path);
        tell(answer, 1);
        return required(answer);
    }

    /** Passes the answer on if it is a success. */
    static Answer required(Answer answer) {
        if (!answer.isSuccess()) {
            throw new UnexpectedAnswerException(answer, "a success");
        }
        return answer;
    }

    private void tell(Answer answer, int asked) {
        audience.accept(new Step.Called(answer.method(), answer.path(), answer.status(), answer.took(), asked));
    }

    /**
     * Waits until all of these events followed from a call, and tells what did.
     *
     * @throws ScenarioException if one of them does not
     */
    @SafeVarargs
    public final void awaitEvents(Answer call, Class<? extends Event>... expected) {
        awaitEvents(
                call,
                Arrays.stream(expected)
                        .map(event -> MessageType.of(event).name())
                        .collect(Collectors.joining(", ")),
                events -> namesOf(events).containsAll(Stream.of(expected)
                        .map(event -> MessageType.of(event).name())
                        .toList()));
    }

    private void awaitEvents(Answer call, String wanted, Function<List<RecordedEvent>, Boolean> complete) {
        List<RecordedEvent> events = patience.look(() -> eventsOf(call), complete::apply);
        audience.accept(new Step.Followed(call.correlationId(), Consequence.treesOf(events, call.askedAt())));
        if (!complete.apply(events)) {
            throw new ScenarioException("%s %s must be followed by %s, and within %d s there was only %s. The flow is %s."
                    .formatted(
                            call.method(),
                            call.path(),
                            wanted,
                            patience.atMost().toSeconds(),
                            events.isEmpty() ? "nothing" : String.join(", ", namesOf(events)),
                            call.correlationId()));
        }
    }

    private static Set<String> namesOf(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::name).collect(Collectors.toSet());
    }

    private List<RecordedEvent> eventsOf(Answer call) {
        List<RecordedEvent> events = new ArrayList<>();
        Answer page = required(gateway.get("/events?correlationId=" + call.correlationId()));
        for (JsonNode event : page.body().path("events")) {
            events.add(new Answer(
                            page.method(),
                            page.path(),
                            page.correlationId(),
                            page.askedAt(),
                            page.took(),
                            page.status(),
                            event)
                    .as(RecordedEvent.class));
        }
        return events;
    }

    /** Checks something that was read already. */
    public <T> void check(String what, T expected, T actual) {
        checked(what, expected, actual, null);
    }

    /**
     * Checks what the gateway answers, and asks again until it is as expected: services hear of things one after the
     * other.
     */
    public <T> void check(String what, T expected, String path, Function<Answer, T> reading) {
        Object actual = patience.look(() -> read(path, reading), seen -> Objects.equals(seen, expected));
        checked(what, expected, actual, "GET " + path);
    }

    private <T> Object read(String path, Function<Answer, T> reading) {
        Answer answer = gateway.get(path);
        return answer.isSuccess() ? reading.apply(answer) : answer.summary();
    }

    /** Checks that there is nothing there. Make sure first that nothing can come any more. */
    public void checkAbsent(String what, String path) {
        checked(what, "404", Integer.toString(gateway.get(path).status()), "GET " + path);
    }

    /** Checks how many mails are in the mailbox of an address, and returns their subjects. */
    public List<String> checkMails(String address, int expected) {
        String path = "/api/user/%s/messages".formatted(address);
        List<String> subjects = patience.look(() -> subjectsOf(mailbox.get(path)), seen -> seen.size() >= expected);
        checked("mails in the mailbox of " + address, expected, subjects.size(), null);
        return subjects;
    }

    private static List<String> subjectsOf(Answer messages) {
        List<String> subjects = new ArrayList<>();
        messages.body().forEach(message -> subjects.add(message.path("subject").asString("")));
        return messages.isSuccess() ? subjects : List.of();
    }

    /** Waits until the condition holds; returns whether it does. */
    public boolean await(Supplier<Boolean> condition) {
        return patience.look(condition, holds -> holds);
    }

    private void checked(String what, @Nullable Object expected, @Nullable Object actual, @Nullable String readFrom) {
        audience.accept(new Step.Checked(
                what,
                Objects.equals(expected, actual),
                String.valueOf(expected),
                String.valueOf(actual),
                readFrom));
    }
}
