package io.tidings.bus.message;

import io.tidings.bus.PermanentFailure;
import io.tidings.events.Message;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes messages as JSON and reads them back. It has a mapper of its own, so that nothing an application sets for its
 * web pages can change a contract. Readers are <a href="https://martinfowler.com/bliki/TolerantReader.html">tolerant</a>:
 * fields that they don't know are passed over.
 */
public final class MessageCodec {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Map<Class<?>, List<RecordComponent>> required = new ConcurrentHashMap<>();

    public byte[] write(Message message) {
        return MAPPER.writeValueAsBytes(message);
    }

    /** @throws PermanentFailure if the JSON can't be read as that message, or something in it is missing */
    public <M extends Message> M read(byte[] json, Class<M> messageClass) {
        M message = parse(json, messageClass);
        if (message == null) {
            throw new PermanentFailure(
                    "%s is empty: it must be a JSON object.".formatted(messageClass.getSimpleName()));
        }
        for (RecordComponent component : required.computeIfAbsent(messageClass, MessageCodec::requiredComponents)) {
            if (valueOf(component, message) == null) {
                throw new PermanentFailure("%s has no field '%s', which it must have."
                        .formatted(messageClass.getSimpleName(), component.getName()));
            }
        }
        return message;
    }

    private static <M extends Message> @Nullable M parse(byte[] json, Class<M> messageClass) {
        if (json.length == 0) {
            return null;
        }
        try {
            return MAPPER.readValue(json, messageClass);
        } catch (JacksonException unreadable) {
            throw new PermanentFailure(
                    "This is not a readable %s: %s"
                            .formatted(messageClass.getSimpleName(), unreadable.getOriginalMessage()),
                    unreadable);
        }
    }

    private static List<RecordComponent> requiredComponents(Class<?> messageClass) {
        RecordComponent @Nullable [] components = messageClass.getRecordComponents();
        return Stream.of(components == null ? new RecordComponent[0] : components)
                .filter(component -> !component.getType().isPrimitive())
                .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .peek(component -> component.getAccessor().setAccessible(true))
                .toList();
    }

    private static @Nullable Object valueOf(RecordComponent component, Message message) {
        try {
            return component.getAccessor().invoke(message);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("A record's own accessor can always be called.", impossible);
        }
    }
}
