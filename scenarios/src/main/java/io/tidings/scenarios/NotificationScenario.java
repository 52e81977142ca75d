package io.tidings.scenarios;

import io.tidings.events.notification.EmailSent;
import io.tidings.events.user.UserCreated;
import io.tidings.scenarios.Shop.Customer;
import java.util.List;

/** A thin event says only that something happened; who wants to know more asks. */
final class NotificationScenario implements Scenario {

    @Override
    public String name() {
        return "notification";
    }

    @Override
    public String title() {
        return "A user signs up and gets a mail";
    }

    @Override
    public String pattern() {
        return "Event notification: the event carries an id and no more, and who wants to know more asks for it";
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say(
                "Ada signs up. user-service tells everyone her id; email-service asks who that is, and writes to her.");
        Customer ada = shop.signUp("Ada", "Lovelace");
        stage.awaitEvents(ada.signUp(), List.of(UserCreated.class, EmailSent.class));

        stage.list(stage.checkMails(ada.email(), 1));
        stage.check(
                "mails that email-service has sent to her",
                1,
                "/emails?userId=%s&status=SENT".formatted(ada.userId()),
                answer -> answer.body().path("emails").size());
    }
}
