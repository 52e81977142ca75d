package io.tidings.events;

/**
 * The type of a message, as its {@link EventType} or {@link CommandType} states it.
 *
 * @param name such as {@code OrderPlaced}
 * @param version counts from 1
 * @param topic where messages of the type are told
 */
public record MessageType(String name, int version, String topic) {

    public MessageType {
        if (name.isBlank() || topic.isBlank() || version < 1) {
            throw new IllegalArgumentException(
                    "A message type needs a name, a topic and a version from 1: %s v%d on '%s'."
                            .formatted(name, version, topic));
        }
    }

    /**
     * The type of a class of messages.
     *
     * @throws IllegalArgumentException if the class does not state its type
     */
    public static MessageType of(Class<?> messageClass) {
        EventType event = messageClass.getAnnotation(EventType.class);
        if (event != null && Event.class.isAssignableFrom(messageClass)) {
            return new MessageType(event.name(), event.version(), event.topic());
        }
        CommandType command = messageClass.getAnnotation(CommandType.class);
        if (command != null && Command.class.isAssignableFrom(messageClass)) {
            return new MessageType(command.name(), command.version(), command.topic());
        }
        throw new IllegalArgumentException(
                "%s does not state its type: make it a record that implements Event and carries @EventType, or Command and @CommandType."
                        .formatted(messageClass.getName()));
    }
}
