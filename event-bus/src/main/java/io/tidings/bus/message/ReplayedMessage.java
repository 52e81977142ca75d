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

    private static final String SUFFIX = ".replay";
    private static final String REPLAY = "replay";
    private static final String STEP = "replaystep";
    private static final String TOPIC = "replaytopic";
    private static final String KEY = "replaykey";
    private static final String EFFECTS = "replayeffects";
    private static final String TO_SPARED = "replayspared";
    private static final byte[] NOTHING = {};

    private ReplayedMessage() {}

    /** Where in a replay a message stands. */
    public enum Step {
        /** The projection is made again, beside the one that is in use, and live messages wait from now on. */
        BEGIN,
        /** Live messages wait from now on; the projection that is in use hears some messages again. */
        BEGIN_AGAIN,
        MESSAGE,
        /** A message that is handled even if it was handled before. */
        MESSAGE_AGAIN,
        /** All has come: what was made takes the place of what was in use, and live messages are taken again. */
        END,
        /** No more will come: what was made is thrown away, and live messages are taken again. */
        CANCEL
    }

    public static String topicOf(String service) {
        return service + SUFFIX;
    }

    /** The service that is told of the past on a topic; empty if it is none for that. */
    public static Optional<String> serviceOf(String topic) {
        return topic.endsWith(SUFFIX)
                ? Optional.of(topic.substring(0, topic.length() - SUFFIX.length()))
                : Optional.empty();
    }

    /** A beginning, an end or a break. */
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

    /**
     * How a message is told.
     *
     * @param again whether it is handled even if it was handled before
     * @param effects whether handlers that do something outside are called too
     */
    public record Manner(boolean again, boolean effects) {}

    public static Envelope wrap(UUID replay, String service, Envelope message, Manner manner) {
        Map<String, String> annotations = new HashMap<>(message.annotations());
        annotations.put(REPLAY, replay.toString());
        annotations.put(STEP, (manner.again() ? Step.MESSAGE_AGAIN : Step.MESSAGE).name());
        if (manner.effects()) {
            annotations.put(EFFECTS, "true");
        }
        annotations.put(TOPIC, message.topic());
        annotations.put(KEY, message.key());
        return copy(message, topicOf(service), replay.toString(), annotations);
    }

    /** As it was told at first, but for notes that it is replayed, and how. */
    public static Envelope unwrap(Envelope message) {
        Map<String, String> annotations = new HashMap<>(message.annotations());
        String topic = annotations.remove(TOPIC);
        String key = annotations.remove(KEY);
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

    /** Whether a message is told again, so that nothing should be done outside because of it. */
    public static boolean sparesOutside(Envelope message) {
        return message.annotations().containsKey(REPLAY)
                && !message.annotations().containsKey(EFFECTS);
    }

    /** Whether a message of a replay is handled even if it was handled before. */
    public static boolean isToldAgain(Envelope message) {
        return stepOf(message).filter(Step.MESSAGE_AGAIN::equals).isPresent();
    }

    /** A live message that a replay told before, on its way to those alone that the replay spared. */
    public static Envelope toSpared(Envelope message) {
        Map<String, String> annotations = new HashMap<>(message.annotations());
        annotations.put(TO_SPARED, "true");
        return copy(message, message.topic(), message.key(), annotations);
    }

    /** Whether a message is for those alone that a replay spared. */
    public static boolean isToSpared(Envelope message) {
        return message.annotations().containsKey(TO_SPARED);
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
