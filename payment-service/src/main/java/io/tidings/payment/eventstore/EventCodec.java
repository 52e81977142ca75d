package io.tidings.payment.eventstore;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events and states as JSON, and reads them back. It has a mapper of its own, so that nothing that is set for
 * web pages can change what was stored.
 */
final class EventCodec<S, E> {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final StreamType<S, E> type;
    private final Map<Class<?>, String> names;

    EventCodec(StreamType<S, E> type) {
        this.type = type;
        this.names =
                type.eventTypes().entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    String nameOf(E event) {
        return Optional.ofNullable(names.get(event.getClass()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s has no name among the event types of stream type '%s': add it there."
                                .formatted(event.getClass().getSimpleName(), type.name())));
    }

    String write(Object eventOrState) {
        return MAPPER.writeValueAsString(eventOrState);
    }

    E readEvent(String name, String json) {
        Class<? extends E> eventClass = Optional.<Class<? extends E>>ofNullable(
                        type.eventTypes().get(name))
                .orElseThrow(() -> new IllegalStateException(
                        "An event is called '%s', which is none of the event types of stream type '%s': add it there."
                                .formatted(name, type.name())));
        return MAPPER.readValue(json, eventClass);
    }

    S readState(String json) {
        return MAPPER.readValue(json, type.stateClass());
    }
}
