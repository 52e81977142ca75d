package io.tidings.user.api;

import io.tidings.user.domain.User;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** @param revision how often the profile has changed: 0 if never */
record UserResponse(
        UUID userId,
        String email,
        String givenName,
        String familyName,
        List<String> interests,
        long revision,
        Instant createdAt) {

    static UserResponse of(User user) {
        return new UserResponse(
                user.id(),
                user.email(),
                user.givenName(),
                user.familyName(),
                user.interests(),
                user.profileRevision(),
                user.createdAt());
    }
}
