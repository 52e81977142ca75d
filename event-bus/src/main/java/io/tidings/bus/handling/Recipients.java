package io.tidings.bus.handling;

import io.tidings.bus.MessageRecorder;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.message.ReplayedMessage;
import io.tidings.events.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everyone in a service who wants messages: its recorders first, and then its handlers. */
public final class Recipients {

    private final Deliveries deliveries;
    private final HandlerRegistry registry;
    private final List<MessageRecorder> recorders;

    public Recipients(HandlerRegistry registry, MessageCodec codec, List<MessageRecorder> recorders) {
        this.deliveries = new Deliveries(registry, codec);
        this.registry = registry;
        this.recorders = List.copyOf(recorders);
    }

    /** The topics on which messages are told that concern this service. */
    Set<String> topics() {
        return Stream.concat(
                        registry.handledTypes().stream().map(MessageType::topic),
                        recorders.stream().flatMap(recorder -> recorder.topics().stream()))
                .collect(Collectors.toSet());
    }

    /** Whether anyone here has to do with the message. */
    boolean want(Envelope message) {
        return isRecorded(message) || deliveries.concern(message);
    }

    /** The name of a type that is handled here, or a word for all others. */
    String typeOf(Envelope message) {
        return deliveries.typeOf(message);
    }

    /** Whether the message may say something of a person: it is marked so, or nobody here knows what it is. */
    boolean mayBePersonal(Envelope message) {
        return deliveries.mayBePersonal(message);
    }

    /** Whether the message has handlers that replays spare. */
    boolean someAreSpared(Envelope message) {
        return deliveries.someAreSpared(message);
    }

    /** Gives them the messages, within the current transaction. Throws what one of them throws. */
    void receive(List<Envelope> messages) {
        record(messages);
        List<Delivery> batch = new ArrayList<>(messages.size());
        messages.forEach(message -> open(message).ifPresent(batch::add));
        registry.prepare(batch);
        batch.forEach(Delivery::handle);
    }

    private void record(List<Envelope> messages) {
        for (MessageRecorder recorder : recorders) {
            List<Envelope> recorded = messages.stream()
                    .filter(message -> !ReplayedMessage.isToSpared(message)) // recorded when it was replayed
                    .filter(message -> recorder.topics().contains(message.topic()))
                    .toList();
            if (!recorded.isEmpty()) {
                recorder.record(recorded);
            }
        }
    }

    /** What is recorded as it came need not be readable; nor is a dead letter handled for the event that it was. */
    private Optional<Delivery> open(Envelope message) {
        return isRecorded(message) && !deliveries.isInPlace(message) ? Optional.empty() : deliveries.of(message);
    }

    private boolean isRecorded(Envelope message) {
        for (MessageRecorder recorder : recorders) {
            if (recorder.topics().contains(message.topic())) {
                return true;
            }
        }
        return false;
    }
}
