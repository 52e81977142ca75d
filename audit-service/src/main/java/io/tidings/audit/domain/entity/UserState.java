package io.tidings.audit.domain.entity;

import io.tidings.events.user.Profile;
import org.jspecify.annotations.Nullable;

/**
 * A user, as far as the bus knows.
 *
 * @param erased whether they wanted to be forgotten; what was told of them before can no longer be read
 * @param profile null as long as it was not changed: a sign-up tells no more than an id
 * @param revision of the profile; 0 as long as it was not changed
 * @param mails sent to the user
 * @param lastMail what it was about; null if there was none
 */
public record UserState(
        boolean signedUp,
        boolean erased,
        @Nullable Profile profile,
        long revision,
        int mails,
        @Nullable String lastMail)
        implements EntityState {

    static final UserState UNKNOWN = new UserState(false, false, null, 0, 0, null);

    UserState after(UserFact fact) {
        return switch (fact) {
            case UserFact.SignedUp signedUp -> new UserState(true, erased, profile, revision, mails, lastMail);
            // A late one says nothing new, as for every copy of a profile.
            case UserFact.ProfileChanged changed when changed.revision() <= revision -> this;
            case UserFact.ProfileChanged changed ->
                new UserState(signedUp, erased, changed.profile(), changed.revision(), mails, lastMail);
            case UserFact.Erased gone -> new UserState(signedUp, true, null, revision, mails, lastMail);
            case UserFact.Mailed(var kind) -> new UserState(signedUp, erased, profile, revision, mails + 1, kind);
        };
    }
}
