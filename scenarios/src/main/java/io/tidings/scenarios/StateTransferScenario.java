package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.user.UserProfileUpdated;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.doors.Answer;
import java.util.ArrayList;
import java.util.List;

/** A thick event carries all that changed, so that whoever keeps a copy need not ask. */
final class StateTransferScenario implements Scenario {

    @Override
    public String name() {
        return "state-transfer";
    }

    @Override
    public String title() {
        return "A user changes her profile, and two services know it without asking";
    }

    @Override
    public String pattern() {
        return "Event-carried state transfer: the event carries the old and the new state, and others keep copies";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        String kind = shop.unheardOf("astronomy-");
        stage.say("The shop lists a telescope. Mary signs up; nobody knows yet what she likes.");
        Product telescope = shop.list("Telescope", kind, dollars(120));
        Customer mary = shop.signUp("Mary", shop.unheardOf("Fairfax"));

        stage.say(
                "She marries, and says so, and what she likes. The event carries her old and her new profile in full.");
        String newName = shop.unheardOf("Somerville");
        Answer change = shop.changeProfile(mary, "Mary", newName, List.of(kind));
        stage.awaitEvents(change, List.of(UserProfileUpdated.class));
        stage.check("the revision of her profile", 1L, change.as("revision", Long.class));

        stage.say("search-service finds her by her new name, in its own copy; user-service is not asked.");
        String search = "/search?kind=users&q=" + newName.substring(0, newName.length() - 1);
        stage.check(
                "who is found by the beginning of it",
                List.of(mary.userId().toString()),
                search,
                StateTransferScenario::usersOf);
        stage.check(
                "what is marked in it",
                List.of("Mary <mark>%s</mark>".formatted(newName)),
                search,
                found -> textsOf(found, "results", "highlight"));

        stage.say("recommendation-service recommends what is of a kind that she likes, and says why.");
        String recommended = "/recommendations/%s?limit=1".formatted(mary.userId());
        stage.check(
                "what is recommended to her first",
                List.of(telescope.sku()),
                recommended,
                answer -> textsOf(answer, "recommendations", "sku"));
        stage.check(
                "what that is worth because she likes it",
                0.5,
                recommended,
                answer -> answer.body()
                        .path("recommendations")
                        .path(0)
                        .path("parts")
                        .path("interest")
                        .asDouble(0));

        stage.say("She says the same once more: nothing changed, so nothing is told.");
        Answer again = shop.changeProfile(mary, "Mary", newName, List.of(kind));
        stage.check("the revision of her profile", 1L, again.as("revision", Long.class));
    }

    private static List<String> usersOf(Answer found) {
        return textsOf(found, "results", "userId");
    }

    private static List<String> textsOf(Answer answer, String list, String field) {
        List<String> texts = new ArrayList<>();
        answer.body().path(list).forEach(item -> texts.add(item.path(field).asString("")));
        return texts;
    }
}
