package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.Money;
import io.tidings.events.order.OrderCompleted;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.PlacedOrder;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.doors.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a service copied of others is made again from all that was ever told, while the shop goes on. */
final class ReplayScenario implements Scenario {

    private static final String TARGET = "search-service";
    private static final String DUPLICATES = "tidings_messages_duplicates_total";
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String title() {
        return "The copies of search-service are made again from nothing, while the shop goes on";
    }

    @Override
    public String pattern() {
        return "Replay: a projection is made again from the log by the handlers that made it, and live events wait for it";
    }

    @Override
    public Optional<String> needsKafka() {
        return Optional.of("a replay travels on a topic of its own");
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("Gerhard is a customer, and the shop lists maps, some of which become cheaper.");
        String maps = shop.unheardOf("maps");
        shop.list("North", maps, dollars(30));
        Product south = shop.list("South", maps, dollars(40));
        Product west = shop.list("West", maps, dollars(50));
        shop.receive(west, 5);
        shop.changePrice(south, dollars(35));
        shop.changePrice(south, dollars(20));
        Customer gerhard = shop.signUp("Gerhard", shop.unheardOf("Mercator"));
        shop.changeProfile(gerhard, "Gerhard", shop.unheardOf("Mercator"), List.of(maps));
        shop.deposit(gerhard, dollars(500));
        stage.check(
                "what search-service finds",
                List.of("Gerhard " + shop.unheardOf("Mercator"), "North: 3000", "South: 2000", "West: 5000"),
                searchFor(maps),
                ReplayScenario::found);
        stage.awaitEvents(shop.place(gerhard, west, 1).call(), List.of(OrderCompleted.class));
        String before = foundBut(west, stage.get(searchFor(maps)));
        long dropped = duplicates(stage.get(Meters.pathOf(TARGET)));

        stage.say(
                "All that search-service has is made again from nothing. Meanwhile Gerhard orders again, and the price of"
                        + " a map changes all the time.");
        Answer ordered = Stage.required(stage.post("/replays", Map.of("target", TARGET)));
        PlacedOrder order = shop.place(gerhard, west, 1);
        Course course = changePriceUntilItEnds(
                stage.quietly(), west, "/replays/" + ordered.as("replayId", String.class), searchFor(maps));
        stage.check("how it ended", "done", course.phase());
        stage.list(List.of(
                "%,d messages of the past were told again".formatted(course.sent()),
                "the price changed %,d times meanwhile".formatted(course.changes())));
        stage.check("the least that was found meanwhile", 4, course.fewestFound());
        stage.awaitEvents(order.call(), List.of(OrderCompleted.class));
        shop.checkOrder(order, "COMPLETED");

        stage.say("The copies are as they were, and what happened meanwhile is in them, once.");
        stage.check(
                "what else it finds is as before",
                true,
                searchFor(maps),
                answer -> foundBut(west, answer).equals(before));
        stage.check(
                "the price that changed",
                List.of("West: " + course.price().minorUnits()),
                searchFor(maps),
                answer -> found(answer).stream()
                        .filter(line -> line.startsWith("West"))
                        .toList());
        stage.check(
                "it dropped what came both ways, by the replay and live",
                true,
                Meters.pathOf(TARGET),
                answer -> duplicates(answer) > dropped);
    }

    /**
     * How a replay went.
     *
     * @param price the last that was asked for while it went on
     * @param fewestFound by a search while it went on
     */
    private record Course(String phase, long sent, long changes, Money price, int fewestFound) {}

    private static Course changePriceUntilItEnds(Stage quiet, Product product, String replay, String search) {
        Shop staff = new Shop(quiet);
        long start = System.nanoTime();
        Money price = product.price();
        int fewestFound = Integer.MAX_VALUE;
        for (long changes = 1; ; changes++) {
            price = new Money(
                    product.price().minorUnits() + changes, product.price().currency());
            staff.changePrice(product, price);
            fewestFound = Math.min(fewestFound, found(quiet.get(search)).size());
            JsonNode state = quiet.get(replay).body();
            if (!state.path("endedAt").isNull()) {
                return new Course(
                        state.path("phase").asString(""), state.path("sent").asLong(0), changes, price, fewestFound);
            }
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new ScenarioException("%s has not ended after %d s: GET %s tells how far it has come."
                        .formatted(replay, LONGEST.toSeconds(), replay));
            }
        }
    }

    private static String searchFor(String word) {
        return "/search?q=" + word;
    }

    /** In a fixed order: a product with its price, a user by their name. */
    private static List<String> found(Answer answer) {
        return results(answer).map(ReplayScenario::lineOf).sorted().toList();
    }

    private static String lineOf(JsonNode result) {
        String name = result.path("name").asString("");
        return result.has("price")
                ? "%s: %d".formatted(name, result.at("/price/minorUnits").asLong(0))
                : name;
    }

    /** All that is told of what is found, but for one product. */
    private static String foundBut(Product product, Answer answer) {
        return results(answer)
                .filter(result -> !result.path("sku").asString("").equals(product.sku()))
                .map(JsonNode::toString)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<JsonNode> results(Answer answer) {
        return answer.body().path("results").valueStream();
    }

    private static long duplicates(Answer answer) {
        return Meters.in(answer).counter(DUPLICATES);
    }
}
