package io.tidings.events.schemas;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds how two schemas of one message differ, and whom each difference breaks. Readers pass over what they don't know;
 * what they know must be as they know it. A keyword that is not known here breaks both ways when it changes: better one
 * version too many.
 */
final class Comparison {

    /** What describes and does not restrict. */
    private static final Set<String> SILENT =
            Set.of("$schema", "$id", "$comment", "title", "description", "examples", "deprecated");

    /** Schemas that were accepted before it was written down don't have it. */
    private static final String KEY = "x-key";

    private static final List<String> LOWER_BOUNDS = List.of("minimum", "exclusiveMinimum", "minLength", "minItems");
    private static final List<String> UPPER_BOUNDS = List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems");
    private static final List<String> RULES = List.of("pattern", "multipleOf", "uniqueItems");

    /** Each holds all values of those before it. */
    private static final List<String> NUMBERS =
            List.of("integer int32", "integer int64", "integer", "number float", "number double", "number");

    /** Whether a component is in a message. */
    private enum Presence {
        /** Always, and readers rely on it. */
        REQUIRED,
        /** Always in what is published from now on; readers know what it is otherwise. */
        DEFAULTED,
        /** Or not, or null. */
        OPTIONAL
    }

    private final List<Change> changes = new ArrayList<>();

    private Comparison() {}

    static List<Change> of(JsonNode older, JsonNode newer) {
        Comparison comparison = new Comparison();
        comparison.compare("", withoutNull(older), withoutNull(newer));
        return List.copyOf(comparison.changes);
    }

    private void compare(String path, JsonNode older, JsonNode newer) {
        if (!compareTypes(path, older, newer)) {
            return; // what else is different then follows from it
        }
        compareEnums(path, older, newer);
        LOWER_BOUNDS.forEach(bound -> compareBounds(path, bound, 1, older, newer));
        UPPER_BOUNDS.forEach(bound -> compareBounds(path, bound, -1, older, newer));
        RULES.forEach(rule -> compareRules(path, rule, older, newer));
        compareProperties(path, older, newer);
        compareElements(path + "[]", older.path("items"), newer.path("items"));
        compareElements(path + "{}", older.path("additionalProperties"), newer.path("additionalProperties"));
        compareTheRest(path, older, newer);
    }

    /** @return whether it makes sense to go on */
    private boolean compareTypes(String path, JsonNode older, JsonNode newer) {
        String before = typeOf(older);
        String after = typeOf(newer);
        if (before.equals(after)) {
            return true;
        }
        String what = "was %s and is now %s".formatted(before, after);
        int width = NUMBERS.indexOf(before);
        int newWidth = NUMBERS.indexOf(after);
        if (width >= 0 && newWidth >= 0) {
            add(
                    path,
                    (newWidth > width ? "was widened: it " : "was narrowed: it ") + what,
                    newWidth < width,
                    newWidth > width);
            return true;
        }
        if (before.equals("string") && after.startsWith("string ")) {
            add(path, "was narrowed: it " + what, true, false);
        } else if (after.equals("string") && before.startsWith("string ")) {
            add(path, "was widened: it " + what, false, true);
        } else {
            add(path, what, true, true);
            return false;
        }
        return true;
    }

    private static String typeOf(JsonNode schema) {
        JsonNode type = schema.path("type");
        String name = type.isString() ? type.stringValue() : type.isMissingNode() ? "anything" : type.toString();
        return schema.path("format").isString()
                ? name + " " + schema.get("format").stringValue()
                : name;
    }

    private void compareEnums(String path, JsonNode older, JsonNode newer) {
        Set<String> before = valuesOf(older);
        Set<String> after = valuesOf(newer);
        if (before.isEmpty() != after.isEmpty()) {
            boolean closed = before.isEmpty();
            add(path, closed ? "takes only %s now".formatted(after) : "takes any value now", closed, !closed);
            return;
        }
        without(after, before).ifPresent(added -> add(path, "may be %s now".formatted(added), false, true));
        without(before, after).ifPresent(removed -> add(path, "can't be %s any more".formatted(removed), true, false));
    }

    private static Set<String> valuesOf(JsonNode schema) {
        Set<String> values = new TreeSet<>();
        schema.path("enum").forEach(value -> values.add(value.toString()));
        if (schema.has("const")) {
            values.add(schema.get("const").toString());
        }
        return values;
    }

    private static Optional<Set<String>> without(Set<String> some, Set<String> others) {
        Set<String> left = new TreeSet<>(some);
        left.removeAll(others);
        return left.isEmpty() ? Optional.empty() : Optional.of(left);
    }

    /** @param direction 1 if a greater bound is a tighter one, otherwise -1 */
    private void compareBounds(String path, String bound, int direction, JsonNode older, JsonNode newer) {
        @Nullable BigDecimal before = numberOf(older, bound);
        @Nullable BigDecimal after = numberOf(newer, bound);
        int tighter = before == null
                ? (after == null ? 0 : 1)
                : after == null ? -1 : Integer.signum(after.compareTo(before)) * direction;
        if (tighter != 0) {
            add(
                    path,
                    "was %s: %s was %s and is now %s"
                            .formatted(tighter > 0 ? "tightened" : "loosened", bound, orNone(before), orNone(after)),
                    tighter > 0,
                    tighter < 0);
        }
    }

    private static @Nullable BigDecimal numberOf(JsonNode schema, String keyword) {
        return schema.path(keyword).isNumber() ? schema.get(keyword).decimalValue() : null;
    }

    private void compareRules(String path, String rule, JsonNode older, JsonNode newer) {
        @Nullable JsonNode before = older.get(rule);
        @Nullable JsonNode after = newer.get(rule);
        if (before == null && after != null) {
            add(path, "was tightened: %s is now %s".formatted(rule, after), true, false);
        } else if (before != null && after == null) {
            add(path, "was loosened: %s was %s and is gone".formatted(rule, before), false, true);
        } else if (before != null && !before.equals(after)) {
            add(path, "%s was %s and is now %s".formatted(rule, before, after), true, true);
        }
    }

    private void compareProperties(String path, JsonNode older, JsonNode newer) {
        Set<String> removed = namesOf(older);
        removed.removeAll(namesOf(newer));
        Set<String> added = namesOf(newer);
        added.removeAll(namesOf(older));
        for (String name : List.copyOf(removed)) {
            added.stream()
                    .filter(candidate -> isTheSame(older, name, newer, candidate))
                    .findFirst()
                    .ifPresent(newName -> {
                        removed.remove(name);
                        added.remove(newName);
                        add(
                                at(path, name),
                                "was renamed to '%s', or so it seems; if it was not, remove one and add the other in two steps"
                                        .formatted(newName),
                                true,
                                true);
                    });
        }
        removed.forEach(
                name -> add(at(path, name), "was removed", false, presenceOf(older, name) == Presence.REQUIRED));
        added.forEach(name -> {
            Presence presence = presenceOf(newer, name);
            add(
                    at(path, name),
                    switch (presence) {
                        case REQUIRED -> "was added and must be there";
                        case DEFAULTED -> "was added with a default";
                        case OPTIONAL -> "was added and may be missing";
                    },
                    presence == Presence.REQUIRED,
                    false);
        });
        namesOf(older).stream().filter(namesOf(newer)::contains).forEach(name -> {
            comparePresence(at(path, name), older, newer, name);
            compare(at(path, name), propertyOf(older, name), propertyOf(newer, name));
        });
    }

    private static Set<String> namesOf(JsonNode schema) {
        return new LinkedHashSet<>(schema.path("properties").propertyNames());
    }

    private static JsonNode propertyOf(JsonNode schema, String name) {
        return withoutNull(schema.path("properties").path(name));
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static boolean isTheSame(JsonNode older, String name, JsonNode newer, String candidate) {
        return presenceOf(older, name) == presenceOf(newer, candidate)
                && of(propertyOf(older, name), propertyOf(newer, candidate)).isEmpty();
    }

    private void comparePresence(String path, JsonNode older, JsonNode newer, String name) {
        Presence before = presenceOf(older, name);
        Presence after = presenceOf(newer, name);
        if (before != after) {
            add(
                    path,
                    switch (after) {
                        case REQUIRED -> "must be there now";
                        case DEFAULTED -> "has a default now";
                        case OPTIONAL -> "may be missing or null now";
                    },
                    after == Presence.REQUIRED,
                    before == Presence.REQUIRED && after == Presence.OPTIONAL);
        } else if (before == Presence.DEFAULTED) {
            JsonNode one = propertyOf(older, name).get("default");
            JsonNode other = propertyOf(newer, name).get("default");
            if (!one.equals(other)) {
                add(path, "was %s for those who did not say, and is now %s".formatted(one, other), true, false);
            }
        }
    }

    private static Presence presenceOf(JsonNode schema, String name) {
        JsonNode property = schema.path("properties").path(name);
        if (property.has("default")) {
            return Presence.DEFAULTED;
        }
        boolean required = schema.path("required")
                .valueStream()
                .anyMatch(one -> one.asString().equals(name));
        return required && !takesNull(property) ? Presence.REQUIRED : Presence.OPTIONAL;
    }

    /** Of lists and maps. */
    private void compareElements(String path, JsonNode older, JsonNode newer) {
        if (older.isObject() && newer.isObject()) {
            if (takesNull(older) != takesNull(newer)) {
                add(
                        path,
                        takesNull(newer) ? "may be null now" : "can't be null any more",
                        takesNull(older),
                        takesNull(newer));
            }
            compare(path, withoutNull(older), withoutNull(newer));
        } else if (!older.equals(newer)) {
            add(path, "was %s and is now %s".formatted(orNone(older), orNone(newer)), true, true);
        }
    }

    private void compareTheRest(String path, JsonNode older, JsonNode newer) {
        Set<String> keywords = new TreeSet<>(older.propertyNames());
        keywords.addAll(newer.propertyNames());
        keywords.removeAll(SILENT);
        keywords.removeAll(LOWER_BOUNDS);
        keywords.removeAll(UPPER_BOUNDS);
        keywords.removeAll(RULES);
        keywords.removeAll(Set.of(
                "type",
                "format",
                "enum",
                "const",
                "properties",
                "required",
                "items",
                "additionalProperties",
                "default"));
        if (!older.has(KEY)) {
            keywords.remove(KEY);
        }
        keywords.stream()
                .filter(keyword -> !older.path(keyword).equals(newer.path(keyword)))
                .forEach(keyword -> add(
                        path,
                        "was %s for %s and is now %s"
                                .formatted(orNone(older.get(keyword)), keyword, orNone(newer.get(keyword))),
                        true,
                        true));
    }

    private static boolean takesNull(JsonNode schema) {
        return schema.path("type")
                        .valueStream()
                        .anyMatch(type -> type.asString().equals("null"))
                || schema.path("enum").valueStream().anyMatch(JsonNode::isNull)
                || schema.path("anyOf")
                        .valueStream()
                        .anyMatch(one -> one.path("type").asString("").equals("null"));
    }

    /** What the schema says of values that are not null. */
    private static JsonNode withoutNull(JsonNode schema) {
        if (!takesNull(schema)) {
            return schema;
        }
        ObjectNode copy = (ObjectNode) schema.deepCopy();
        if (copy.path("type") instanceof ArrayNode types) {
            List<JsonNode> others = types.valueStream()
                    .filter(type -> !type.asString().equals("null"))
                    .toList();
            copy.set(
                    "type",
                    others.size() == 1 ? others.getFirst() : copy.arrayNode().addAll(others));
        }
        if (copy.path("enum") instanceof ArrayNode values) {
            copy.set(
                    "enum",
                    copy.arrayNode()
                            .addAll(values.valueStream()
                                    .filter(value -> !value.isNull())
                                    .toList()));
        }
        if (copy.path("anyOf") instanceof ArrayNode choices) {
            List<JsonNode> others = choices.valueStream()
                    .filter(choice -> !choice.path("type").asString("").equals("null"))
                    .toList();
            if (others.size() == 1) {
                copy.remove("anyOf");
                copy.setAll((ObjectNode) others.getFirst());
            }
        }
        return copy;
    }

    private static String orNone(@Nullable Object value) {
        return value == null || (value instanceof JsonNode node && node.isMissingNode()) ? "nothing" : value.toString();
    }

    private void add(String path, String what, boolean backward, boolean forward) {
        changes.add(new Change(path, what, Breaks.of(backward, forward)));
    }
}
