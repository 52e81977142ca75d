package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.Money;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.doors.Answer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A wallet is kept as what happened to it, so that it can be read as it was at any version and at any time. */
final class WalletScenario implements Scenario {

    @Override
    public String name() {
        return "wallet";
    }

    @Override
    public String title() {
        return "A wallet remembers everything that happened to it";
    }

    @Override
    public String pattern() {
        return "Event sourcing: the balance is what the account's events add up to, now or at any time before";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("Katherine signs up; her wallet opens by itself with nothing in it.");
        Customer katherine = shop.signUp("Katherine", "Johnson");

        stage.say("$500 come in, then $600, and $100 go out again.");
        Answer afterFirst = shop.deposit(katherine, dollars(500));
        Answer afterSecond = shop.deposit(katherine, dollars(600));
        Answer afterThird = shop.withdraw(katherine, dollars(100));
        stage.check("the balance after the first deposit", dollars(500), Shop.balanceOf(afterFirst));
        stage.check("the balance after the second", dollars(1_100), Shop.balanceOf(afterSecond));
        stage.check("the balance after the withdrawal", dollars(1_000), Shop.balanceOf(afterThird));
        shop.checkBalance(katherine, dollars(1_000));

        stage.say("That is all that the account keeps; the balance follows from it.");
        String account = Shop.accountPath(katherine);
        List<AccountEvent> events = List.of(stage.get(account + "/events").as("events", AccountEvent[].class));
        stage.list(events.stream().map(AccountEvent::toString).toList());
        stage.check(
                "what the events add up to",
                dollars(1_000),
                events.stream().map(AccountEvent::change).reduce(dollars(0), Money::plus));

        stage.say("So it can be read as it was: at its version 2, and at the moment of the second deposit.");
        stage.check("the balance at version 2", dollars(500), account + "?version=2", Shop::balanceOf);
        Instant secondDeposit = events.stream()
                .filter(event -> event.version() == Shop.versionOf(afterSecond))
                .map(AccountEvent::recordedAt)
                .findFirst()
                .orElseThrow(() -> new ScenarioException("%s/events does not list version %d, the second deposit."
                        .formatted(account, Shop.versionOf(afterSecond))));
        stage.check(
                "the balance at %s".formatted(secondDeposit),
                dollars(1_100),
                "%s?asOf=%s".formatted(account, secondDeposit),
                Shop::balanceOf);
    }

    /** Something that happened to an account, as payment-service lists it. */
    record AccountEvent(long version, String type, Data data, Instant recordedAt) {

        record Data(@Nullable Money amount) {}

        /** What it did to the balance. */
        Money change() {
            Money amount = data.amount() == null ? dollars(0) : data.amount();
            return switch (type) {
                case "AccountOpened", "MoneyDeposited", "MoneyRefunded" -> amount;
                case "MoneyWithdrawn" -> dollars(0).minus(amount);
                default -> throw new ScenarioException("Nobody knows what %s does to a balance.".formatted(type));
            };
        }

        @Override
        public String toString() {
            return "version %d: %s%s".formatted(version, type, data.amount() == null ? "" : " " + data.amount());
        }
    }
}
