package io.tidings.events;

/**
 * What services tell each other: an {@link Event} or a {@link Command}. Messages are records, written and read as JSON;
 * their type, version and topic stand in {@link EventType} or {@link CommandType}.
 *
 * <p>A component that may be absent is marked {@code @Nullable}; all others must be there, or the message is refused.
 */
public sealed interface Message permits Event, Command {

    /** What the message is about, such as an order's id. Messages of one key arrive in the order they were published. */
    String key();
}
