package io.tidings.bus.publishing;

import io.tidings.bus.message.Envelope;
import java.util.Map;

/** What is told on the topic of a service's dead letters: a copy of the message, with more written on it. */
public sealed interface DeadLetterNotice permits DeadLetter, Discard {

    /** As it came. */
    Envelope message();

    /** Whose dead letter it is. */
    String service();

    /** What is written on the copy. */
    Map<String, String> annotations();

    default String topic() {
        return DeadLetter.topicOf(service());
    }
}
