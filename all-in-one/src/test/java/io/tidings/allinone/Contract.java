package io.tidings.allinone;

import io.tidings.events.Command;
import io.tidings.events.CommandType;
import io.tidings.events.EventType;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.Upcaster;
import io.tidings.events.Upcasters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A message of the shop with its schemas and samples. */
record Contract(Class<? extends Message> messageClass) {

    private static final JsonMapper JSON = new JsonMapper();

    /** All that there are, by name. */
    static List<Contract> all() {
        var classes = new ClassPathScanningCandidateComponentProvider(false);
        classes.addIncludeFilter(new AssignableTypeFilter(Message.class));
        return classes.findCandidateComponents("io.tidings.events").stream()
                .map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
                .map(found -> new Contract(found.asSubclass(Message.class)))
                .sorted(Comparator.comparing(Contract::name))
                .toList();
    }

    String name() {
        return type().name();
    }

    MessageType type() {
        return MessageType.of(messageClass);
    }

    boolean isCommand() {
        return Command.class.isAssignableFrom(messageClass);
    }

    /** Newest first. */
    List<Integer> versions() {
        return IntStream.rangeClosed(Upcasters.of(messageClass).oldest(), type().version())
                .boxed()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Such as {@code OrderPlaced.v2}. */
    String id(int version) {
        return "%s.v%d".formatted(name(), version);
    }

    JsonNode schema(int version) {
        return JSON.readTree(text("v%d.json".formatted(version)));
    }

    /** As it is committed. */
    String sample(int version) {
        return text("v%d.sample.json".formatted(version)).strip();
    }

    private String text(String file) {
        try (InputStream stream = Message.class.getResourceAsStream("/schemas/%s/%s".formatted(name(), file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The field that is the key. */
    String key() {
        return schema(type().version()).required("x-key").asString();
    }

    Optional<Class<? extends Upcaster>> upcaster(int from) {
        return Stream.of(Optional.ofNullable(messageClass.getAnnotation(EventType.class))
                        .map(EventType::upcasters)
                        .orElseGet(() ->
                                messageClass.getAnnotation(CommandType.class).upcasters()))
                .filter(upcaster -> upcaster.getSimpleName().endsWith("V" + from))
                .findFirst();
    }

    /**
     * A field as a reader sees it.
     *
     * @param form such as {@code string (uuid)}
     */
    record Field(String form, boolean required, String meaning) {}

    /** The fields of a version by their paths, such as {@code lines[].sku}. */
    Map<String, Field> fields(int version) {
        Map<String, Field> fields = new LinkedHashMap<>();
        collect("", schema(version), fields);
        return fields;
    }

    private static void collect(String path, JsonNode schema, Map<String, Field> fields) {
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties").forEachEntry((name, property) -> {
            String at = path.isEmpty() ? name : path + "." + name;
            fields.put(
                    at,
                    new Field(
                            formOf(property),
                            required.contains(name),
                            property.path("description").asString("")));
            collect(at, property, fields);
            collect(at + "[]", property.path("items"), fields);
        });
    }

    private static String formOf(JsonNode schema) {
        if (schema.has("enum")) {
            return String.join(
                    " or ",
                    schema.get("enum")
                            .valueStream()
                            .map(value -> "`" + value.asString() + "`")
                            .toList());
        }
        if (schema.path("type").asString("").equals("array")) {
            return "list of " + formOf(schema.path("items"));
        }
        StringBuilder form = new StringBuilder(
                schema.path("type").isArray()
                        ? schema.get("type").path(0).asString() + " or null"
                        : schema.path("type").asString());
        if (schema.has("format")) {
            form.append(" (").append(schema.get("format").asString()).append(')');
        }
        if (schema.has("pattern")) {
            form.append(" like `").append(schema.get("pattern").asString()).append('`');
        }
        if (schema.has("minimum")) {
            form.append(", at least ").append(schema.get("minimum").asString());
        }
        return form.toString();
    }
}
