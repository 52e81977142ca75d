package io.tidings.scenarios;

import io.tidings.scenarios.doors.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A message that nobody can read parks its key, and nothing else; operators discard it and redrive what waited. */
final class DeadLetterScenario implements Scenario {

    /** Those who listen to profiles: the message is a dead letter of each of them. */
    private static final List<String> LISTENERS = List.of("search-service", "recommendation-service");

    private static final String PUBLISHER = "user-service";
    private static final String TYPE = "io.tidings.UserProfileUpdated.v2";

    @Override
    public String name() {
        return "dead-letter";
    }

    @Override
    public String title() {
        return "A message can't be read: its key is parked, everyone else goes on, and operators open it again";
    }

    @Override
    public String pattern() {
        return "Dead letters in order: what follows of a key waits behind the message that failed";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        UUID user = UUID.randomUUID();
        String family = shop.unheardOf("Curie");

        stage.say("We forge a profile that nobody can read, and after it one of the same user that everybody can.");
        stage.forge(
                PUBLISHER,
                List.of(
                        new Forged(
                                "users",
                                user.toString(),
                                TYPE,
                                UUID.randomUUID(),
                                Map.of("userId", user, "revision", "newest")),
                        Forged.of(Forged.profile(user, "Marie", family, 2))));
        LISTENERS.forEach(service -> stage.check(
                "what waits in " + service, List.of("FAILED", "WAITING"), lettersOf(service, user), this::statesOf));
        stage.list(List.of(reasonOf(stage.get(lettersOf("search-service", user)))));

        stage.say("Another user's profile comes later, and is found at once.");
        String other = shop.unheardOf("Joliot");
        stage.forge(PUBLISHER, List.of(Forged.of(Forged.profile(UUID.randomUUID(), "Irene", other, 1))));
        stage.check("the other user", 1, "/search?kind=users&q=" + other, this::foundIn);
        stage.check("the user whose key is parked", 0, "/search?kind=users&q=" + family, this::foundIn);

        stage.say("To redrive it changes nothing: nobody has mended it. It stays first, and is tried once more.");
        Answer again = Stage.required(stage.post(redrive("search-service"), Map.of("key", user, "topic", "users")));
        stage.check("failed again", 1, again.body().path("failedAgain").asInt(0));
        stage.check(
                "what waits in search-service",
                List.of("FAILED", "WAITING"),
                lettersOf("search-service", user),
                this::statesOf);

        stage.say("So an operator discards it, with a name and a reason, and redrives what waited behind it.");
        for (String service : LISTENERS) {
            String letter = stage.get(lettersOf(service, user))
                    .body()
                    .at("/deadLetters/0/id")
                    .asString("");
            stage.delete("/services/%s/dead-letters/%s?by=%s&reason=%s"
                    .formatted(service, letter, "the-scenario", "It+was+forged+by+the+scenario."));
            Answer redriven = Stage.required(stage.post(redrive(service), Map.of("key", user)));
            stage.check(
                    "redriven in " + service,
                    1,
                    redriven.body().path("redriven").asInt(0));
            stage.check("what waits in " + service, List.of(), lettersOf(service, user), this::statesOf);
        }
        stage.check("the user is found", 1, "/search?kind=users&q=" + family, this::foundIn);

        stage.say(
                "The key is open: the next profile passes at once. And the audit log knows who discarded what, and why.");
        String married = shop.unheardOf("Sklodowska");
        stage.forge(PUBLISHER, List.of(Forged.of(Forged.profile(user, "Marie", married, 3))));
        stage.check("the next profile", 1, "/search?kind=users&q=" + married, this::foundIn);
        stage.check(
                "discards on record",
                LISTENERS.size(),
                "/events?limit=1000&key=" + user,
                recorded -> (int) recorded.body()
                        .path("events")
                        .valueStream()
                        .filter(event -> event.path("annotations").has("dead-letter-discarded-by"))
                        .count());
    }

    private static String lettersOf(String service, UUID user) {
        return "/services/%s/dead-letters?key=%s".formatted(service, user);
    }

    private static String redrive(String service) {
        return "/services/%s/dead-letters/redrive".formatted(service);
    }

    private List<String> statesOf(Answer letters) {
        List<String> states = new ArrayList<>();
        letters.body()
                .path("deadLetters")
                .forEach(letter -> states.add(letter.path("state").asString("")));
        return states;
    }

    private static String reasonOf(Answer letters) {
        return letters.body().at("/deadLetters/0/failure/reason").asString("");
    }

    private int foundIn(Answer search) {
        return search.body().path("results").size();
    }
}
