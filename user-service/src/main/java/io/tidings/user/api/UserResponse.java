package io.tidings.user.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.user.domain.User;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** @param revision how often the profile has changed: 0 if never */
@Schema(example = """
        {"userId": "01a207bf-0c11-7c0e-9b1e-2f3a4b5c6d7e", "email": "ada@example.com",
         "givenName": "Ada", "familyName": "Lovelace", "interests": ["books"], "revision": 1,
         "createdAt": "2026-01-01T12:00:00Z"}""")
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
