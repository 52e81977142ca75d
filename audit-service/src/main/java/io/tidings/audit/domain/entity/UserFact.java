package io.tidings.audit.domain.entity;

import io.tidings.events.Message;
import io.tidings.events.notification.EmailSent;
import io.tidings.events.user.Profile;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import java.util.Optional;

/** What happened to a user. */
sealed interface UserFact {

    record SignedUp() implements UserFact {}

    record ProfileChanged(Profile profile, long revision) implements UserFact {}

    record Erased() implements UserFact {}

    record Mailed(String kind) implements UserFact {}

    /** What a message says of the user; nothing if it is about something else. */
    static Optional<UserFact> of(Message message) {
        return Optional.ofNullable(
                switch (message) {
                    case UserCreated it -> new SignedUp();
                    case UserProfileUpdated it -> new ProfileChanged(it.newProfile(), it.revision());
                    case UserErased it -> new Erased();
                    case EmailSent it -> new Mailed(it.kind());
                    default -> null;
                });
    }
}
