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
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a scenario is played: it calls the system here, waits for what follows, and checks. Each is told as it happens.
 * Nothing is waited for longer than the stage's patience.
 */
public final class Stage {

    private static final String TEST_DOOR = "/services/%s/test-door/messages";
    private static final int NOT_FOUND = 404;

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

    /** The same stage, for what is done so often that nobody wants to hear of each. */
    Stage quietly() {
        return new Stage(gateway, mailbox, patience, step -> {});
    }

    /** Tells what is about to happen. */
    public void say(String sentence) {
        audience.accept(new Step.Said(sentence));
    }

    /** Tells what was found. */
    public void list(List<String> items) {
        audience.accept(new Step.Listed(items));
    }

    /** Calls once, whatever the answer. */
    public Answer post(String path, @Nullable Object body) {
        Answer answer = gateway.post(path, body, Map.of());
        tell(answer, 1);
        return answer;
    }

    /**
     * Changes something as a whole.
     *
     * @throws UnexpectedAnswerException if the answer is no success
     */
    public Answer put(String path, Object body) {
        return required(tryPut(path, body));
    }

    /** Changes something as a whole, whatever the answer. */
    public Answer tryPut(String path, Object body) {
        Answer answer = gateway.put(path, body);
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

    /**
     * Removes something.
     *
     * @throws UnexpectedAnswerException if the answer is no success
     */
    public Answer delete(String path) {
        Answer answer = gateway.delete(path);
        tell(answer, 1);
        return required(answer);
    }

    /**
     * Has a service tell messages that it would never tell by itself.
     *
     * @param service that tells others on these topics: where Kafka knows who may do what, no other can
     * @throws ScenarioException if its test door is closed
     */
    void forge(String service, List<Forged> messages) {
        Answer answer = post(TEST_DOOR.formatted(service), Map.of("messages", messages));
        if (answer.status() == NOT_FOUND) {
            throw new ScenarioException(
                    "The test door of %s is closed, so no message can be forged: start it with TIDINGS_TEST_DOOR_ENABLED=true in its environment."
                            .formatted(service));
        }
        required(answer);
    }

    /** @throws UnexpectedAnswerException if the answer is no success */
    public Answer get(String path) {
        return required(tryGet(path));
    }

    /** Reads, whatever the answer. */
    public Answer tryGet(String path) {
        Answer answer = gateway.get(path);
        tell(answer, 1);
        return answer;
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
    public void awaitEvents(Answer call, Collection<Class<? extends Event>> expected) {
        Set<String> wanted = expected.stream()
                .map(event -> MessageType.of(event).name())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<RecordedEvent> events =
                patience.look(() -> eventsOf(call), latest -> namesOf(latest).containsAll(wanted));
        audience.accept(new Step.Followed(call.correlationId(), Consequence.treesOf(events, call.askedAt())));
        wanted.removeAll(namesOf(events));
        if (!wanted.isEmpty()) {
            throw new ScenarioException("%s %s must be followed by %s, and was not within %.1f s. The flow is %s."
                    .formatted(
                            call.method(),
                            call.path(),
                            String.join(", ", wanted),
                            patience.atMost().toMillis() / 1000.0,
                            call.correlationId()));
        }
    }

    private static Set<String> namesOf(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::name).collect(Collectors.toSet());
    }

    private List<RecordedEvent> eventsOf(Answer call) {
        Answer page = required(gateway.get("/events?limit=1000&correlationId=" + call.correlationId()));
        return List.of(page.as("events", RecordedEvent[].class));
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

    /** Checks what the gateway answers, where several answers are right, and returns the one that it was. */
    public String checkOneOf(String what, Set<String> expected, String path, Function<Answer, String> reading) {
        String actual = String.valueOf(patience.look(() -> read(path, reading), expected::contains));
        audience.accept(new Step.Checked(
                what, expected.contains(actual), String.join(" or ", new TreeSet<>(expected)), actual, "GET " + path));
        return actual;
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

    /** Checks that one mail in the mailbox of an address has these words in its subject. */
    public void checkMailAbout(String address, String words) {
        String path = "/api/user/%s/messages".formatted(address);
        long count = patience.look(() -> countOf(mailbox.get(path), words), seen -> seen >= 1);
        checked("mails to %s about %s".formatted(address, words), 1L, count, null);
    }

    private static long countOf(Answer messages, String words) {
        return subjectsOf(messages).stream()
                .filter(subject -> subject.contains(words))
                .count();
    }

    private static List<String> subjectsOf(Answer messages) {
        List<String> subjects = new ArrayList<>();
        messages.body().forEach(message -> subjects.add(message.path("subject").asString("")));
        return messages.isSuccess() ? subjects : List.of();
    }

    private void checked(String what, @Nullable Object expected, @Nullable Object actual, @Nullable String readFrom) {
        audience.accept(new Step.Checked(
                what, Objects.equals(expected, actual), String.valueOf(expected), String.valueOf(actual), readFrom));
    }
}
