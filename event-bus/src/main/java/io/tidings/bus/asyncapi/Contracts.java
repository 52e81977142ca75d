package io.tidings.bus.asyncapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Schemas and samples of messages, as they lie on the class path under {@code schemas/<name>/v<version>.json}. */
final class Contracts {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** The schema without what makes it a document; of a message that has none, any object. */
    JsonNode schema(String name, int version) {
        ObjectNode schema = read("schemas/%s/v%d.json".formatted(name, version))
                .orElseGet(() -> MAPPER.createObjectNode().put("type", "object"));
        schema.remove("$schema");
        schema.remove("$id");
        return schema;
    }

    /** What the message means, in words. */
    Optional<String> meaning(String name, int version) {
        return read("schemas/%s/v%d.json".formatted(name, version))
                .map(schema -> schema.path("description"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    Optional<ObjectNode> sample(String name, int version) {
        return read("schemas/%s/v%d.sample.json".formatted(name, version));
    }

    private static Optional<ObjectNode> read(String path) {
        ClassPathResource resource = new ClassPathResource(path);
        if (!resource.exists()) {
            return Optional.empty();
        }
        try (InputStream stream = resource.getInputStream()) {
            return Optional.of((ObjectNode) MAPPER.readTree(stream));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
