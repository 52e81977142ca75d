package io.tidings.events.user;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.PersonalData;
import io.tidings.events.Topics;
import java.util.UUID;

/**
 * A user's profile changed. A state transfer: it carries the old and the new profile in full, so that whoever keeps a copy
 * need not ask. Published by user-service.
 *
 * @param revision counts the changes of this user's profile from 1: a copy that has a later one stays as it is
 */
@PersonalData
@EventType(name = "UserProfileUpdated", version = 2, topic = Topics.USERS, upcasters = UserProfileUpdatedV1.class)
public record UserProfileUpdated(UUID userId, Profile oldProfile, Profile newProfile, long revision) implements Event {

    @Override
    public String key() {
        return userId.toString();
    }
}
