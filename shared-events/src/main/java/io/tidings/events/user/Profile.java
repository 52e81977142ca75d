package io.tidings.events.user;

import java.util.List;

/**
 * What a user says of themselves.
 *
 * @param interests categories of products, such as {@code books}
 */
public record Profile(String givenName, String familyName, List<String> interests) {

    public Profile {
        interests = List.copyOf(interests);
    }
}
