package io.tidings.scenarios;

import io.tidings.events.Event;
import io.tidings.events.MessageType;
import io.tidings.events.user.Profile;
import io.tidings.events.user.UserProfileUpdated;
import java.util.List;
import java.util.UUID;

/**
 * A message as the test door takes it.
 *
 * @param data what it says: an event, or what can't be one
 */
record Forged(String topic, String key, String type, UUID id, Object data) {

    static Forged of(Event event) {
        MessageType type = MessageType.of(event.getClass());
        return new Forged(
                type.topic(),
                event.key(),
                "io.tidings.%s.v%d".formatted(type.name(), type.version()),
                UUID.randomUUID(),
                event);
    }

    Forged withKey(String other) {
        return new Forged(topic, other, type, id, data);
    }

    static UserProfileUpdated profile(UUID user, String givenName, String familyName, long revision) {
        Profile before = new Profile("Nobody", "Yet", List.of());
        return new UserProfileUpdated(user, before, new Profile(givenName, familyName, List.of()), revision);
    }
}
