package io.tidings.bus.message;

import io.tidings.bus.PermanentFailure;
import io.tidings.events.Message;
import io.tidings.events.Upcasters;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Writes messages as JSON and reads them back, older versions too: they are lifted to the newest. It has a mapper of its
 * own, so that nothing an application sets for its web pages can change a contract. Readers are <a
 * href="https://martinfowler.com/bliki/TolerantReader.html">tolerant</a>: fields that they don't know are passed over.
 * What they know is taken by the letter.
 */
public final class MessageCodec {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private final Components components = new Components(MAPPER);
    private final Map<Class<?>, Form> forms = new ConcurrentHashMap<>();

    /** What messages of a class are read by, found out once. */
    private record Form(Upcasters upcasters, ObjectReader reader, boolean hasDefaults) {}

    public byte[] write(Message message) {
        return MAPPER.writeValueAsBytes(message);
    }

    /** The message, written in its newest version; see {@link #read(byte[], int, Class)}. */
    public <M extends Message> M read(byte[] json, Class<M> messageClass) {
        return read(json, formOf(messageClass).upcasters().newest(), messageClass);
    }

    /**
     * The message in its newest version.
     *
     * @param version in which it was written
     * @throws PermanentFailure if the JSON can't be read as that message, something in it is missing, or the version is
     *     one that nobody can lift
     */
    public <M extends Message> M read(byte[] json, int version, Class<M> messageClass) {
        String name = messageClass.getSimpleName();
        Form form = formOf(messageClass);
        M message = version == form.upcasters().newest() && !form.hasDefaults()
                ? parse(json, messageClass, form.reader())
                : lift(json, version, messageClass, form.upcasters());
        if (message == null) {
            throw new PermanentFailure("%s is empty: it must be a JSON object.".formatted(name));
        }
        components.firstMissing(message).ifPresent(path -> {
            throw new PermanentFailure("%s has no field '%s', which it must have.".formatted(name, path));
        });
        return message;
    }

    private Form formOf(Class<?> messageClass) {
        return forms.computeIfAbsent(
                messageClass,
                found -> new Form(Upcasters.of(found), MAPPER.readerFor(found), components.haveDefaults(found)));
    }

    private static <M extends Message> @Nullable M parse(byte[] json, Class<M> messageClass, ObjectReader reader) {
        if (json.length == 0) {
            return null;
        }
        try {
            return reader.readValue(json);
        } catch (JacksonException unreadable) {
            throw unreadable(messageClass, unreadable);
        }
    }

    private <M extends Message> @Nullable M lift(byte[] json, int version, Class<M> messageClass, Upcasters chain) {
        try {
            chain.requireKnown(version);
        } catch (IllegalArgumentException unknown) {
            throw new PermanentFailure(reasonOf(unknown), unknown);
        }
        if (json.length == 0) {
            return null;
        }
        Map<String, @Nullable Object> older;
        try {
            older = MAPPER.readValue(json, OBJECT);
        } catch (JacksonException unreadable) {
            throw unreadable(messageClass, unreadable);
        }
        if (older == null) {
            return null;
        }
        try {
            Map<String, @Nullable Object> lifted = chain.lift(older, version);
            return MAPPER.convertValue(components.withDefaults(lifted, messageClass), messageClass);
        } catch (RuntimeException unfit) {
            throw new PermanentFailure(
                    "This %s of version %d can't be lifted to version %d: %s"
                            .formatted(messageClass.getSimpleName(), version, chain.newest(), reasonOf(unfit)),
                    unfit);
        }
    }

    private static PermanentFailure unreadable(Class<?> messageClass, JacksonException failure) {
        return new PermanentFailure(
                "This is not a readable %s: %s".formatted(messageClass.getSimpleName(), reasonOf(failure)), failure);
    }

    private static String reasonOf(RuntimeException failure) {
        return failure instanceof JacksonException parsing
                ? parsing.getOriginalMessage()
                : Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }
}
