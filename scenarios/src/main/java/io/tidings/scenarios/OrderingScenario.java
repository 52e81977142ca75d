package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.events.user.UserProfileUpdated;
import io.tidings.scenarios.doors.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Whatever a broken publisher does to the order of its events, copies that are guarded become what they should be. */
final class OrderingScenario implements Scenario {

    @Override
    public String name() {
        return "ordering";
    }

    @Override
    public String title() {
        return "Events come late, twice and in the wrong order, and copies are right all the same";
    }

    @Override
    public String pattern() {
        return "Ordering: a revision in the event tells a copy whether it is news";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        swappedAndDoubled(stage, shop);
        updateBeforeCreation(stage, shop);
    }

    private static void swappedAndDoubled(Stage stage, Shop shop) {
        UUID user = UUID.randomUUID();
        String family = shop.unheardOf("Meitner");
        UserProfileUpdated first = Forged.profile(user, "First", family, 1);
        UserProfileUpdated second = Forged.profile(user, "Second", family, 2);
        UserProfileUpdated third = Forged.profile(user, "Third", family, 3);

        stage.say(
                "The bus keeps the order of a key, so we forge what it never does: a user's third profile comes first,"
                        + " then the first and the second, and each comes twice.");
        List<Forged> wrong = List.of(Forged.of(third), Forged.of(first), Forged.of(second));
        List<Forged> all = new ArrayList<>(wrong);
        all.addAll(wrong);
        stage.say(
                "Then all of it again under ids of their own, so that no inbox knows them. Only the revision is left.");
        all.addAll(List.of(Forged.of(second), Forged.of(third), Forged.of(first)));
        all.add(behind(user.toString(), "Last" + family));
        stage.forge("user-service", all);

        awaitThatAllBeforeWasHandled(stage, "Last" + family);
        stage.check(
                "the name that search-service has in the end",
                List.of("Third " + family),
                searchFor(family),
                OrderingScenario::namesOf);
    }

    private static void updateBeforeCreation(Stage stage, Shop shop) {
        String sku = shop.unheardOf("radium-");
        ProductPriceChanged changed = new ProductPriceChanged(sku, dollars(10), dollars(12));
        ProductListed listed = new ProductListed(sku, "Radium", "elements", dollars(10));

        stage.say(
                "A price changes before the product is listed, and both come twice. A listing is always the older of the"
                        + " two, so its price counts only if there was no change.");
        Forged update = Forged.of(changed);
        Forged creation = Forged.of(listed);
        String mark = shop.unheardOf("Behindradium");
        stage.forge("warehouse-service", List.of(update, update, creation, creation, Forged.of(listed)));
        // On the topic of products there is another that is behind them.
        stage.forge(
                "warehouse-service",
                List.of(Forged.of(new ProductListed(mark, mark, "elements", dollars(1)))
                        .withKey(sku)));

        stage.check(
                "what is behind it was handled",
                List.of(mark),
                "/search?kind=products&q=" + mark,
                OrderingScenario::namesOf);
        stage.check(
                "the price that search-service has in the end",
                List.of(dollars(12).minorUnits()),
                "/search?kind=products&q=" + sku,
                OrderingScenario::pricesOf);
    }

    /** A message about someone else in the same queue: when it is known, all before it was handled. */
    private static Forged behind(String key, String name) {
        return Forged.of(Forged.profile(UUID.randomUUID(), "Someone", name, 1)).withKey(key);
    }

    private static void awaitThatAllBeforeWasHandled(Stage stage, String name) {
        stage.check(
                "what is behind them was handled",
                List.of("Someone " + name),
                searchFor(name),
                OrderingScenario::namesOf);
    }

    private static String searchFor(String name) {
        return "/search?kind=users&q=" + name;
    }

    private static List<String> namesOf(Answer found) {
        List<String> names = new ArrayList<>();
        found.body()
                .path("results")
                .forEach(result -> names.add(result.path("name").asString("")));
        return names;
    }

    private static List<Long> pricesOf(Answer found) {
        List<Long> prices = new ArrayList<>();
        found.body()
                .path("results")
                .forEach(result ->
                        prices.add(result.path("price").path("minorUnits").asLong(0)));
        return prices;
    }
}
