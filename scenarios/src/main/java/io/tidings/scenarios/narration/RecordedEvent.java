package io.tidings.scenarios.narration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as audit-service recorded it.
 *
 * @param type its CloudEvents type, such as {@code io.tidings.OrderPlaced.v2}
 * @param source who published it, such as {@code /order-service}
 * @param causationId the message that it followed from; null if it followed from a request
 * @param time when it was published
 */
public record RecordedEvent(
        String eventId,
        String topic,
        String key,
        String type,
        String source,
        @Nullable String causationId,
        Instant time) {

    /** The type's name alone, such as {@code OrderPlaced}. */
    public String name() {
        String withoutVersion = hasVersion() ? type.substring(0, type.lastIndexOf('.')) : type;
        return withoutVersion.substring(withoutVersion.lastIndexOf('.') + 1);
    }

    /** Name and version, such as {@code OrderPlaced v2}. */
    public String nameAndVersion() {
        return hasVersion() ? name() + " " + type.substring(type.lastIndexOf('.') + 1) : name();
    }

    /** Who published it, such as {@code order-service}. */
    public String service() {
        return source.startsWith("/") ? source.substring(1) : source;
    }

    private boolean hasVersion() {
        return type.matches(".+\\.v\\d+");
    }
}
