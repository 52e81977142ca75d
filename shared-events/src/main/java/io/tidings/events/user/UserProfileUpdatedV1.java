package io.tidings.events.user;

import io.tidings.events.Upcaster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In version 1 a profile had one {@code name}. Its last word becomes the family name and the rest the given name, which is
 * a guess: not every name is made so. A name of one word becomes the given name.
 */
final class UserProfileUpdatedV1 implements Upcaster {

    @Override
    public int from() {
        return 1;
    }

    @Override
    public Map<String, @Nullable Object> upcast(Map<String, @Nullable Object> older) {
        for (String profile : List.of("oldProfile", "newProfile")) {
            older.computeIfPresent(
                    profile, (field, one) -> one instanceof Map<?, ?> fields ? withTwoNames(fields) : one);
        }
        return older;
    }

    private static Map<Object, @Nullable Object> withTwoNames(Map<?, ?> profile) {
        Map<Object, @Nullable Object> lifted = new LinkedHashMap<>(profile);
        if (lifted.remove("name") instanceof String name) {
            List<String> words = List.of(name.strip().split("\\s+"));
            int last = Math.max(1, words.size() - 1);
            lifted.put("givenName", String.join(" ", words.subList(0, last)));
            lifted.put("familyName", String.join(" ", words.subList(last, words.size())));
        }
        return lifted;
    }
}
