package io.tidings.bus.handling;

import io.tidings.bus.message.TypeName;
import io.tidings.events.Message;
import java.util.List;

/**
 * A type of message that is handled here.
 *
 * @param handlers at least one, all of the same class of messages
 */
record HandledType(TypeName name, List<MessageHandler> handlers) {

    Class<? extends Message> messageClass() {
        return handlers.getFirst().messageClass();
    }

    /** Where messages of the type are told. */
    String topic() {
        return handlers.getFirst().type().topic();
    }
}
