package io.tidings.bus.contracts;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A version of a message as it is kept for ever: its schema, and a sample. */
record GoldenMessage(Class<? extends Message> messageClass, int version) {

    private static final JsonMapper JSON = new JsonMapper();

    /** All versions of all messages of the shop. */
    static Stream<GoldenMessage> all() {
        var classes = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return definition.getMetadata().isConcrete();
            }
        };
        classes.addIncludeFilter(new AssignableTypeFilter(Message.class));
        return classes.findCandidateComponents("io.tidings.events").stream()
                .<Class<? extends Message>>map(
                        found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null)
                                .asSubclass(Message.class))
                .flatMap(found -> IntStream.rangeClosed(1, MessageType.of(found).version())
                        .mapToObj(version -> new GoldenMessage(found, version)));
    }

    int newest() {
        return MessageType.of(messageClass).version();
    }

    JsonNode sample() {
        return JSON.readTree(file("v%d.sample.json".formatted(version)));
    }

    /** What a JSON Schema validator, the strictest of all readers, says against a message; nothing if it is valid. */
    static List<String> errorsOf(JsonNode schema, JsonNode message) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(message, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    JsonNode schema(int ofVersion) {
        return JSON.readTree(file("v%d.json".formatted(ofVersion)));
    }

    private String file(String name) {
        String path = "/schemas/%s/%s".formatted(MessageType.of(messageClass).name(), name);
        try (InputStream stream = Message.class.getResourceAsStream(path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String toString() {
        return messageClass.getSimpleName() + " v" + version;
    }
}
