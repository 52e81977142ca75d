package io.tidings.bus.message;

import io.tidings.bus.TimeOrderedId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to {@code <service>.replay}. All messages of a replay have its id as their key, so that they keep
 * their order from the beginning to the end; where they come from is written on them.
 */
public final class ReplayedMessage {

    private static final String REPLAY = "replay";
    private static final String STEP = "replaystep";
    private static final String TOPIC = "replaytopic";
    private static final String KEY = "replaykey";
    private static final byte[] NOTHING = {};

    private ReplayedMessage() {}

    /** Where in a replay a message stands. */
    public enum Step {
        /** The projection is wiped, and live messages wait from now on. */
        BEGIN,
        /** Live messages wait from now on; what was there stays. */
        BEGIN_WITHOUT_WIPING,
        MESSAGE,
        /** A message that is handled even if it was handled before. */
        MESSAGE_AGAIN,
        /** All has come, and live messages are taken again. */
        END
    }

    public static String topicOf(String service) {
        return service + ".replay";
    }

    /** A beginning or an end. */
    public static Envelope mark(UUID replay, String service, Step step, String source) {
        return new Envelope(
                TimeOrderedId.next(),
                topicOf(service),
                replay.toString(),
                "",
                source,
                Instant.now(),
                replay.toString(),
                null,
                null,
                Map.of(REPLAY, replay.toString(), STEP, step.name()),
                NOTHING);
    }

    /** @param again whether it is handled even if it was handled before */
    public static Envelope wrap(UUID replay, String service, Envelope message, boolean again) {
        Map<String, String> annotations = new HashMap<>(message.annotations());
        annotations.put(REPLAY, replay.toString());
        annotations.put(STEP, (again ? Step.MESSAGE_AGAIN : Step.MESSAGE).name());
        annotations.put(TOPIC, message.topic());
        annotations.put(KEY, message.key());
        return copy(message, topicOf(service), replay.toString(), annotations);
    }

    /** As it was told at first, but for a note that it is replayed. */
    public static Envelope unwrap(Envelope message) {
        Map<String, String> annotations = new HashMap<>(message.annotations());
        String topic = annotations.remove(TOPIC);
        String key = annotations.remove(KEY);
        annotations.remove(STEP);
        return copy(message, topic == null ? "" : topic, key == null ? "" : key, annotations);
    }

    private static Envelope copy(Envelope message, String topic, String key, Map<String, String> annotations) {
        return new Envelope(
                message.id(),
                topic,
                key,
                message.type(),
                message.source(),
                message.time(),
                message.correlationId(),
                message.causationId(),
                message.traceparent(),
                annotations,
                message.payload());
    }

    /** Whether a message is told again, and did not just happen. */
    public static boolean isReplayed(Envelope message) {
        return message.annotations().containsKey(REPLAY);
    }

    /** The replay that a message belongs to; null if it belongs to none. */
    public static @Nullable UUID replayOf(Envelope message) {
        try {
            return UUID.fromString(message.annotations().getOrDefault(REPLAY, ""));
        } catch (IllegalArgumentException notReplayed) {
            return null;
        }
    }

    /** Where in a replay it stands; empty if it is no message of a replay. */
    public static Optional<Step> stepOf(Envelope message) {
        try {
            return Optional.of(Step.valueOf(message.annotations().getOrDefault(STEP, "")));
        } catch (IllegalArgumentException notReplayed) {
            return Optional.empty();
        }
    }
}
