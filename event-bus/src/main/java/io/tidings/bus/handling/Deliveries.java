package io.tidings.bus.handling;

import io.tidings.bus.PermanentFailure;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.message.ReplayedMessage;
import io.tidings.bus.message.TypeName;
import io.tidings.events.Message;
import io.tidings.events.PersonalData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out for whom an envelope is, and takes the message out of it. */
final class Deliveries {

    private final HandlerRegistry registry;
    private final MessageCodec codec;
    private final HandledTypes handledTypes;

    Deliveries(HandlerRegistry registry, MessageCodec codec) {
        this.registry = registry;
        this.codec = codec;
        this.handledTypes = new HandledTypes(registry);
    }

    /** Whether the service has to do with the message: one of its handlers needs it, or it is unreadable. */
    boolean concern(Envelope envelope) {
        return handledTypes
                .find(envelope.type())
                .map(type -> isNeeded(envelope, type))
                .orElseGet(() -> isMisspelled(envelope));
    }

    private boolean isNeeded(Envelope envelope, HandledType type) {
        for (MessageHandler handler : type.handlers()) {
            if (handler.selector().isEmpty()) {
                return true;
            }
        }
        try {
            Message message = open(envelope, type);
            return type.handlers().stream().anyMatch(handler -> handler.needs(message));
        } catch (RuntimeException failure) {
            return true; // it fails again where it is seen to
        }
    }

    /**
     * Whether the type is of another form than ours, and is to be seen to: there is none, or it has the name of one that is
     * handled here, and who told it got the rest wrong. All others are as unknown as those of our form.
     */
    private boolean isMisspelled(Envelope envelope) {
        String type = envelope.type();
        return TypeName.parse(type).isEmpty()
                && (type.isBlank() || Stream.of(type.split("\\.", -1)).anyMatch(this::isHandled));
    }

    private boolean isHandled(String name) {
        return !registry.handlersOf(name).isEmpty();
    }

    /** The name of a type that is handled here, or a word for all others. */
    String typeOf(Envelope envelope) {
        return handledTypes
                .find(envelope.type())
                .map(type -> type.name().name())
                .orElse("other");
    }

    /** Whether it says something of a person. One of a type that is unreadable, or not handled here, might. */
    boolean mayBePersonal(Envelope envelope) {
        return handledTypes
                .find(envelope.type())
                .map(type -> type.messageClass().isAnnotationPresent(PersonalData.class))
                .orElse(true);
    }

    /** Whether it has handlers that replays spare, who may need it or not. */
    boolean someAreSpared(Envelope envelope) {
        return handledTypes.find(envelope.type()).stream()
                .flatMap(type -> type.handlers().stream())
                .anyMatch(handler -> !handler.isReplayed());
    }

    /** Whether it is a message of a type that is handled here, on the topic of that type. */
    boolean isInPlace(Envelope envelope) {
        return handledTypes
                .find(envelope.type())
                .map(type -> type.topic().equals(envelope.topic()))
                .orElse(false);
    }

    /**
     * The delivery of a message; empty if no handler needs it.
     *
     * @throws PermanentFailure if the message can't be read, or is newer than what is known here
     * @throws RuntimeException that a selector throws
     */
    Optional<Delivery> of(Envelope envelope) {
        Optional<HandledType> type = handledTypes.find(envelope.type());
        if (type.isEmpty() && isMisspelled(envelope)) {
            throw new PermanentFailure(
                    "The record on topic %s is no CloudEvent that names its type as 'namespace.Name.v1' in ce_type ('%s')."
                            .formatted(envelope.topic(), envelope.type()));
        }
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Message message = open(envelope, type.get());
        boolean sparesOutside = ReplayedMessage.sparesOutside(envelope);
        boolean toSpared = ReplayedMessage.isToSpared(envelope);
        List<MessageHandler> needing = new ArrayList<>(type.get().handlers());
        needing.removeIf(handler -> (handler.isReplayed() ? toSpared : sparesOutside) || !handler.needs(message));
        return needing.isEmpty() ? Optional.empty() : Optional.of(new Delivery(envelope, message, needing));
    }

    private Message open(Envelope envelope, HandledType type) {
        return codec.read(envelope.payload(), type.name().version(), type.messageClass());
    }
}
