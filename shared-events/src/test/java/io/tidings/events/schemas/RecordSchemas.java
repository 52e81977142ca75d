package io.tidings.events.schemas;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import io.tidings.events.AtLeast;
import io.tidings.events.Default;
import io.tidings.events.Matching;
import io.tidings.events.MessageType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of a message, from its record: what is {@code @Nullable} is optional, all else must be there; enums are
 * closed, objects are open; what constructors check is said by {@link AtLeast} and {@link Matching}.
 */
final class RecordSchemas {

    private final SchemaGenerator generator;
    private final Meanings meanings;

    RecordSchemas(Meanings meanings) {
        this.meanings = meanings;
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.INLINE_ALL_SCHEMAS,
                        Option.EXTRA_OPEN_API_FORMAT_VALUES,
                        Option.NULLABLE_ARRAY_ITEMS_ALLOWED,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        config.forTypesInGeneral().withPropertySorter((one, other) -> 0); // as the record has them
        config.forFields()
                .withNullableCheck(RecordSchemas::isNullable)
                .withRequiredCheck(field -> !field.isFakeContainerItemScope()
                        && !isNullable(field)
                        && componentOf(field)
                                .map(one -> one.getAnnotation(Default.class))
                                .isEmpty())
                .withDefaultResolver(field -> field.isFakeContainerItemScope() ? null : defaultOf(field))
                .withNumberInclusiveMinimumResolver(RecordSchemas::minimumOf)
                .withStringPatternResolver(RecordSchemas::patternOf);
        generator = new SchemaGenerator(config.build());
    }

    /** @param key the component by which messages are kept in order, if it is one of them */
    ObjectNode of(Class<?> messageClass, Optional<String> key) {
        MessageType type = MessageType.of(messageClass);
        ObjectNode generated = ofRecord(messageClass);
        ObjectNode schema = generated.objectNode();
        schema.put("$schema", SchemaVersion.DRAFT_2020_12.getIdentifier());
        schema.put("$id", "urn:io.tidings:schemas:%s:v%d".formatted(type.name(), type.version()));
        schema.put("title", type.name());
        meanings.of(messageClass).ifPresent(meaning -> schema.put("description", meaning));
        schema.put("x-topic", type.topic());
        key.ifPresent(component -> schema.put("x-key", component));
        schema.setAll(generated);
        // As it is read from a file, so that the two can be compared.
        return (ObjectNode) Json.read(Json.write(schema));
    }

    /** Without what makes it a message. */
    ObjectNode ofRecord(Class<?> record) {
        ObjectNode schema = generator.generateSchema(record);
        schema.remove("$schema");
        describe(schema, record);
        return schema;
    }

    private static boolean isNullable(FieldScope field) {
        return componentOf(field)
                .map(RecordComponent::getAnnotatedType)
                .map(type -> field.isFakeContainerItemScope() ? elementOf(type) : type)
                .filter(type -> type.isAnnotationPresent(Nullable.class))
                .isPresent();
    }

    private static AnnotatedType elementOf(AnnotatedType container) {
        return container instanceof AnnotatedParameterizedType parameterized ? lastArgument(parameterized) : container;
    }

    /** The element of a list, the value of a map. */
    private static AnnotatedType lastArgument(AnnotatedParameterizedType container) {
        AnnotatedType[] arguments = container.getAnnotatedActualTypeArguments();
        return arguments[arguments.length - 1];
    }

    private static Optional<RecordComponent> componentOf(FieldScope field) {
        RecordComponent[] components = field.getRawMember().getDeclaringClass().getRecordComponents();
        return components == null
                ? Optional.empty()
                : Arrays.stream(components)
                        .filter(component ->
                                component.getName().equals(field.getRawMember().getName()))
                        .findFirst();
    }

    private static @Nullable Object defaultOf(FieldScope field) {
        return componentOf(field)
                .map((AnnotatedElement component) -> component.getAnnotation(Default.class))
                .map(given -> Json.read(given.value()))
                .orElse(null);
    }

    private static @Nullable BigDecimal minimumOf(FieldScope field) {
        return componentOf(field)
                .map(component -> component.getAnnotation(AtLeast.class))
                .map(given -> BigDecimal.valueOf(given.value()))
                .orElse(null);
    }

    /** In a JSON Schema, a pattern is for some of the text unless it says otherwise. */
    private static @Nullable String patternOf(FieldScope field) {
        return componentOf(field)
                .map(component -> component.getAnnotation(Matching.class))
                .map(Matching::value)
                .map(form -> form.contains("|") ? "(?:" + form + ")" : form)
                .map(form -> "^" + form + "$")
                .orElse(null);
    }

    /** Puts in what the records' authors wrote of them. */
    private void describe(ObjectNode schema, Class<?> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            checkSayable(component);
            if (schema.path("properties").path(component.getName()) instanceof ObjectNode property) {
                meanings.of(record, component.getName())
                        .or(() -> meanings.of(component.getType()))
                        .ifPresent(meaning -> property.put("description", meaning));
                Class<?> nested = nestedIn(component);
                if (nested.isRecord()) {
                    objectIn(property).ifPresent(object -> describe(object, nested));
                }
            }
        }
    }

    /** What a reader would take otherwise than the schema says it. */
    private static void checkSayable(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        if (component.isAnnotationPresent(Default.class) && type.isAnnotationPresent(Nullable.class)) {
            throw unsayable(component, "is @Nullable and has a @Default: say one of them");
        }
        if (Map.class.isAssignableFrom(component.getType()) && elementOf(type).isAnnotationPresent(Nullable.class)) {
            throw unsayable(component, "has @Nullable values: leave out the entries that have none");
        }
    }

    private static IllegalArgumentException unsayable(RecordComponent component, String why) {
        return new IllegalArgumentException("'%s' of %s %s."
                .formatted(component.getName(), component.getDeclaringRecord().getSimpleName(), why));
    }

    private static Class<?> nestedIn(RecordComponent component) {
        if (component.getAnnotatedType() instanceof AnnotatedParameterizedType container) {
            return lastArgument(container).getType() instanceof Class<?> element ? element : Object.class;
        }
        return component.getType();
    }

    private static Optional<ObjectNode> objectIn(JsonNode schema) {
        if (schema.path("properties").isObject()) {
            return Optional.of((ObjectNode) schema);
        }
        return Stream.concat(
                        Stream.of(schema.path("items"), schema.path("additionalProperties")),
                        schema.path("anyOf").valueStream())
                .filter(JsonNode::isObject)
                .map(RecordSchemas::objectIn)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
