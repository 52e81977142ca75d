package io.tidings.events.user;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Topics;
import java.util.UUID;

/**
 * A user asked to be forgotten: whoever keeps a copy of their data drops it, and takes over nothing that is told of them
 * later. Published by user-service.
 */
@EventType(name = "UserErased", version = 1, topic = Topics.USERS)
public record UserErased(UUID userId) implements Event {

    @Override
    public String key() {
        return userId.toString();
    }
}
