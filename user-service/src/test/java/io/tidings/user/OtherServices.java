package io.tidings.user;

import static org.awaitility.Awaitility.await;

import io.tidings.bus.outbox.Outbox;
import io.tidings.events.Topics;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;

/** What other services hear from user-service: real records on a real broker. */
@TestComponent
public class OtherServices {

    private static final Topic USERS = new Topic(Topics.USERS);

    private final Outbox outbox;

    OtherServices(Outbox outbox) {
        this.outbox = outbox;
    }

    /** All that user-service has told, up to now. */
    public List<CloudEvent> hear() {
        awaitAllSent();
        return USERS.events();
    }

    /** All that user-service has told of a user, up to now. */
    public List<CloudEvent> hearOf(Object userId) {
        awaitAllSent();
        return USERS.eventsOf(userId);
    }

    private void awaitAllSent() {
        await("user-service to send what it has published")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> outbox.count(1) == 0);
    }
}
