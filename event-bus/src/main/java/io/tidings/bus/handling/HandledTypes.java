package io.tidings.bus.handling;

import io.tidings.bus.message.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The types that are handled here, by what they are called on the wire. Remembers what it has found, since each message is
 * asked for its type several times.
 */
final class HandledTypes {

    /** More than any service has, and longer than any is called. What strangers make up must not be remembered without end. */
    static final int MOST_REMEMBERED = 1_000;

    static final int LONGEST_REMEMBERED = 500;

    private final HandlerRegistry registry;
    private final Map<String, HandledType> remembered = new ConcurrentHashMap<>();

    HandledTypes(HandlerRegistry registry) {
        this.registry = registry;
    }

    /**
     * Empty if nobody handles it, or it is of another form than ours.
     *
     * @param wireType such as {@code io.tidings.OrderPlaced.v2}
     */
    Optional<HandledType> find(String wireType) {
        HandledType known = remembered.get(wireType);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<HandledType> found = TypeName.parse(wireType).flatMap(this::handledBy);
        if (remembered.size() < MOST_REMEMBERED && wireType.length() <= LONGEST_REMEMBERED) {
            found.ifPresent(type -> remembered.put(wireType, type));
        }
        return found;
    }

    private Optional<HandledType> handledBy(TypeName name) {
        List<MessageHandler> handlers = registry.handlersOf(name.name());
        return handlers.isEmpty() ? Optional.empty() : Optional.of(new HandledType(name, handlers));
    }
}
