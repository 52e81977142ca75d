package io.tidings.bus.handling;

import io.tidings.bus.EventMetadata;
import io.tidings.bus.flow.Flow;
import io.tidings.bus.message.Envelope;
import io.tidings.events.Message;
import java.util.List;

/**
 * A message that was taken out of its envelope, on its way to its handlers.
 *
 * @param envelope as it came
 * @param message what it says
 * @param handlers that need it
 */
record Delivery(Envelope envelope, Message message, List<MessageHandler> handlers) {

    /** Whether one of the handlers is a method of this bean. */
    boolean isFor(Object bean) {
        for (MessageHandler handler : handlers) {
            if (handler.bean() == bean) {
                return true;
            }
        }
        return false;
    }

    /** Calls the handlers, in the flow of the message. */
    void handle() {
        EventMetadata metadata = new EventMetadata(
                envelope.id(), envelope.source(), envelope.time(), envelope.correlationId(), envelope.causationId());
        Flow.of(envelope).run(() -> handlers.forEach(handler -> handler.handle(message, metadata)));
    }
}
