package io.tidings.user.api;

import io.tidings.user.domain.User;
import java.time.Instant;
import java.util.UUID;

record UserResponse(UUID userId, String email, String givenName, String familyName, Instant createdAt) {

    static UserResponse of(User user) {
        return new UserResponse(user.id(), user.email(), user.givenName(), user.familyName(), user.createdAt());
    }
}
