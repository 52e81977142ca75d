package io.tidings.bus.publishing;

import io.tidings.bus.message.Envelope;
import java.util.Map;

/**
 * Somebody gave a dead letter up: it will never be handled.
 *
 * @param message as it came
 * @param service that could not handle it
 * @param by who
 * @param why in a sentence
 */
public record Discard(Envelope message, String service, String by, String why) implements DeadLetterNotice {

    private static final String BY = "dead-letter-discarded-by";

    /** Whether a message from the topic of dead letters tells of a discard, and not of a failure. */
    public static boolean isToldBy(Envelope copy) {
        return copy.annotations().containsKey(BY);
    }

    @Override
    public Map<String, String> annotations() {
        return Map.of(
                "dead-letter-topic",
                message.topic(),
                "dead-letter-service",
                service,
                BY,
                by,
                "dead-letter-discarded-why",
                why);
    }
}
