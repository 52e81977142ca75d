package io.tidings.events.user;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Topics;
import java.util.UUID;

/** A user signed up. A notification: who wants to know more asks user-service. */
@EventType(name = "UserCreated", version = 1, topic = Topics.USERS)
public record UserCreated(UUID userId) implements Event {

    @Override
    public String key() {
        return userId.toString();
    }
}
