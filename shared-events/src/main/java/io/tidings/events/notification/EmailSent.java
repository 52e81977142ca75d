package io.tidings.events.notification;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Topics;
import java.util.UUID;

/**
 * A mail server accepted a mail to a user. Published by email-service.
 *
 * @param kind what the mail says, such as {@code WELCOME}
 * @param regarding the id of the user or order that it is about
 */
@EventType(name = "EmailSent", version = 1, topic = Topics.NOTIFICATIONS)
public record EmailSent(UUID emailId, UUID userId, String kind, String regarding) implements Event {

    @Override
    public String key() {
        return userId.toString();
    }
}
