package io.tidings.scenarios.terminal;

import io.tidings.scenarios.doors.Answer;
import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.DoorException;
import io.tidings.scenarios.doors.UnexpectedAnswerException;
import io.tidings.scenarios.narration.Colours;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers {@code flow}, {@code tail}, {@code state} and {@code rebuild} from the system behind {@code TIDINGS_GATEWAY} (default
 * {@code http://localhost:8080}, or the port in {@code TIDINGS_GATEWAY_PORT}). Exits with 0 if there was an answer, 1 if
 * there was none, 2 if nobody can know what was asked.
 */
public final class Terminal {

    private static final int ANSWERED = 0;
    private static final int UNANSWERED = 1;
    private static final int MISUSED = 2;
    private static final int NOT_FOUND = 404;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration HEARD_OF_AFTER = Duration.ofSeconds(3);
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Door gateway;
    private final PrintStream out;
    private final Colours colours;

    private Terminal(Door gateway, PrintStream out, Colours colours) {
        this.gateway = gateway;
        this.out = out;
        this.colours = colours;
    }

    public static void main(String... arguments) {
        // In UTF-8 whatever the locale.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream problems = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), System.getenv(), out, problems, Colours.ofThisTerminal()));
    }

    static int run(
            List<String> arguments,
            Map<String, String> environment,
            PrintStream out,
            PrintStream problems,
            Colours colours) {
        Question question;
        URI address;
        try {
            question = Question.parse(arguments);
            address = addressIn(environment);
        } catch (IllegalArgumentException misuse) {
            problems.println(misuse.getMessage());
            return MISUSED;
        }
        try (Door gateway = Door.gateway(address)) {
            new Terminal(gateway, out, colours).answer(question);
            return ANSWERED;
        } catch (NoAnswerException | DoorException | UnexpectedAnswerException unanswered) {
            problems.println(unanswered.getMessage());
            return UNANSWERED;
        }
    }

    private static URI addressIn(Map<String, String> environment) {
        String port = environment.getOrDefault("TIDINGS_GATEWAY_PORT", "8080");
        String address = environment.getOrDefault("TIDINGS_GATEWAY", "http://localhost:" + port);
        if (!address.matches("https?://[^/\\s]+.*")) {
            throw new IllegalArgumentException(
                    "TIDINGS_GATEWAY must look like http://localhost:8080, and not '%s'.".formatted(address));
        }
        return URI.create(address);
    }

    private void answer(Question question) {
        switch (question) {
            case Question.Flow flow -> show(ask(flow.path()), flow.json(), new FlowText(colours)::linesOf);
            case Question.State state -> show(ask(state.path()), state.json(), new StateText(colours)::linesOf);
            case Question.Tail tail -> follow(tail);
            case Question.Rebuild rebuild -> rebuild(rebuild);
        }
    }

    /** Waits for the end, and tells how far it has come. */
    private void rebuild(Question.Rebuild rebuild) {
        JsonNode replay = bodyOf(gateway.post("/replays", Map.of("target", rebuild.service()), Map.of()));
        String path = "/replays/" + Values.text(replay, "replayId");
        String told = "";
        while (replay.path("endedAt").isNull()) {
            String progress = "%s: %s, %,d of %,d records"
                    .formatted(
                            rebuild.service(),
                            Values.text(replay, "phase").replace('_', ' '),
                            replay.path("lookedAt").asLong(0),
                            replay.path("total").asLong(0));
            if (!rebuild.json() && !progress.equals(told)) {
                out.println(colours.faint(progress));
                told = progress;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            replay = ask(path);
        }
        show(
                replay,
                rebuild.json(),
                ended -> List.of("%s: %s with %,d messages"
                        .formatted(
                                rebuild.service(),
                                colours.green(Values.text(ended, "phase")),
                                ended.path("sent").asLong(0))));
    }

    /** What was made a moment ago may not have been heard of yet, so what is not known is asked for again for a while. */
    private JsonNode ask(String path) {
        long start = System.nanoTime();
        Answer answer = gateway.get(path);
        while (answer.status() == NOT_FOUND && System.nanoTime() - start < HEARD_OF_AFTER.toNanos()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            answer = gateway.get(path);
        }
        return bodyOf(answer);
    }

    private static JsonNode bodyOf(Answer answer) {
        if (!answer.isSuccess()) {
            throw new NoAnswerException(answer.body().path("detail").asString("It answered " + answer.status() + "."));
        }
        return answer.body();
    }

    private void show(JsonNode body, boolean json, Function<JsonNode, List<String>> text) {
        if (json) {
            out.println(PRETTY.writeValueAsString(body));
        } else {
            text.apply(body).forEach(out::println);
        }
    }

    private void follow(Question.Tail tail) {
        EventText text = new EventText(colours);
        gateway.follow(tail.path(), event -> out.println(tail.json() ? oneLine(event) : text.lineOf(parsed(event))));
        throw new NoAnswerException("The system ended the stream: it was stopped, or this terminal read too slowly.");
    }

    private static String oneLine(String event) {
        return JsonMapper.shared().writeValueAsString(parsed(event));
    }

    private static JsonNode parsed(String event) {
        try {
            return JsonMapper.shared().readTree(event);
        } catch (JacksonException noJson) {
            throw new NoAnswerException("The gateway sends something that is no event: " + noJson.getOriginalMessage());
        }
    }
}
