package io.tidings.recommendation.domain;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of a user: the categories that they like, without case, and what they have bought. */
public record Shopper(Set<String> interests, Set<String> bought) {

    public Shopper {
        interests = interests.stream()
                .map(interest -> interest.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        bought = Set.copyOf(bought);
    }

    /** Someone of whom nothing is known. */
    public static Shopper newcomer() {
        return new Shopper(Set.of(), Set.of());
    }

    boolean likes(String category) {
        return interests.contains(category.toLowerCase(Locale.ROOT));
    }
}
