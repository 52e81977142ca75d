package io.tidings.scenarios;

import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.doors.Answer;
import java.util.List;
import java.util.Map;

/** A user asks to be forgotten, and whoever keeps a copy forgets them too. */
final class ErasureScenario implements Scenario {

    private static final int GONE = 410;

    @Override
    public String name() {
        return "erasure";
    }

    @Override
    public String title() {
        return "A user asks to be forgotten, and everyone who keeps a copy forgets her";
    }

    @Override
    public String pattern() {
        return "Erasure: state that was transferred must be dropped where it went, and must not come back by late news";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("Radia signs up and says who she is. search-service keeps a copy, and finds her.");
        Customer radia = shop.signUp("Radia", shop.unheardOf("Perlman"));
        String name = shop.unheardOf("Perlmanradia");
        Answer change = shop.changeProfile(radia, "Radia", name, List.of("networks"));
        stage.awaitEvents(change, List.of(UserProfileUpdated.class));
        String search = "/search?kind=users&q=" + name;
        stage.check("who is found", List.of("Radia " + name), search, ErasureScenario::namesOf);
        stage.checkMails(radia.email(), 1);

        stage.say("She asks to be forgotten. The event carries her id and no more.");
        Answer erasure = stage.delete(radia.path());
        stage.awaitEvents(erasure, List.of(UserErased.class));
        stage.check("who is found", List.<String>of(), search, ErasureScenario::namesOf);
        stage.check(
                "addresses that email-service has of her",
                List.<String>of(),
                "/emails?userId=" + radia.userId(),
                ErasureScenario::addressesOf);

        stage.say("The audit log keeps each message and says no more what was in it: the key to that is gone.");
        String log = "/events?type=UserProfileUpdated&key=" + radia.userId();
        stage.check(
                "whether the records of her profile can still be read", List.of(false), log, ErasureScenario::readable);
        stage.check("what is broken in the log", "nothing", "/audit/verify", ErasureScenario::broken);

        stage.say("She is gone, and can't be edited back.");
        stage.check(
                "asked who she is, user-service answers",
                GONE,
                stage.tryGet(radia.path()).status());
        Answer late = stage.tryPut(
                radia.path() + "/profile", Map.of("givenName", "Radia", "familyName", name, "interests", List.of()));
        stage.check("asked to edit her profile, it answers", GONE, late.status());
        stage.check("who is found", List.<String>of(), search, ErasureScenario::namesOf);
    }

    private static List<String> namesOf(Answer found) {
        return found.body()
                .path("results")
                .valueStream()
                .map(result -> result.path("name").asString(""))
                .toList();
    }

    private static List<Boolean> readable(Answer events) {
        return events.body()
                .path("events")
                .valueStream()
                .map(event -> !event.path("data").isNull())
                .toList();
    }

    private static String broken(Answer verification) {
        return verification.body().path("broken").isNull() ? "nothing" : verification.summary();
    }

    private static List<String> addressesOf(Answer emails) {
        return emails.body()
                .path("emails")
                .valueStream()
                .map(email -> email.path("recipient").asString(""))
                .filter(address -> !address.isEmpty())
                .toList();
    }
}
