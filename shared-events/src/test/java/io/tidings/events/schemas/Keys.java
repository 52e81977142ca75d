package io.tidings.events.schemas;

import io.tidings.events.Message;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** By which of its components a message is kept in order. */
final class Keys {

    private Keys() {}

    /** The component whose value is the key of a sample; nothing if the key is none of them, or the sample can't be read. */
    static Optional<String> componentOf(Class<? extends Message> messageClass, JsonNode sample) {
        String key;
        try {
            key = Json.read(sample, messageClass).key();
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
        return Arrays.stream(messageClass.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> isKey(sample.get(name), key))
                .findFirst();
    }

    private static boolean isKey(@Nullable JsonNode value, String key) {
        return value != null && value.asString("").equals(key);
    }
}
