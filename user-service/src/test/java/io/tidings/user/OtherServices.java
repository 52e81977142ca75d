package io.tidings.user;

import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.publishing.Publications;
import io.tidings.bus.test.Conversation;
import io.tidings.events.Topics;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;

/** What other services hear from user-service. */
@TestComponent
public class OtherServices extends Conversation {

    OtherServices(@Value("${spring.application.name}") String service, Outbox outbox, Publications publications) {
        super(service, outbox, publications);
    }

    /** All that user-service has told, up to now. */
    public List<CloudEvent> hear() {
        awaitAllSent();
        return new Topic(Topics.USERS).events();
    }

    /** All that user-service has told of a user, up to now. */
    public List<CloudEvent> hearOf(Object userId) {
        return wire(Topics.USERS, userId);
    }
}
