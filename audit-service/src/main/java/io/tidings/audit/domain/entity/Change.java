package io.tidings.audit.domain.entity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One thing that is not as it was.
 *
 * @param field such as {@code payment}, or {@code profile.givenName} of what has parts
 * @param from null in JSON if it was unknown or not there
 */
public record Change(String field, JsonNode from, JsonNode to) {

    /** All that differs, in the order of the fields. Lists are compared as a whole. */
    static List<Change> between(EntityState before, EntityState after) {
        JsonMapper mapper = JsonMapper.shared();
        List<Change> changes = new ArrayList<>();
        compare("", mapper.valueToTree(before), mapper.valueToTree(after), changes);
        return changes;
    }

    private static void compare(String field, JsonNode before, JsonNode after, List<Change> changes) {
        if (before.equals(after)) {
            return;
        }
        if (!before.isObject() || !after.isObject()) {
            changes.add(new Change(field, before, after));
            return;
        }
        Set<String> names = new LinkedHashSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        String prefix = field.isEmpty() ? "" : field + ".";
        for (String name : names) {
            compare(prefix + name, orNull(before.get(name)), orNull(after.get(name)), changes);
        }
    }

    private static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? JsonMapper.shared().getNodeFactory().nullNode() : node;
    }
}
