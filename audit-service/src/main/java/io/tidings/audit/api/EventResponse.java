package io.tidings.audit.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.tidings.audit.domain.AuditEvent;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param data what the message says, as it came; null if it is no JSON, or was erased
 * @param unreadable what it says, in Base64; only if it is no JSON
 * @param erased true if it was about a person who was erased; absent otherwise
 */
record EventResponse(
        UUID eventId,
        String topic,
        String key,
        String type,
        String source,
        String correlationId,
        @Nullable String causationId,
        Instant time,
        Instant recordedAt,
        @JsonRawValue @Nullable String data,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String unreadable,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean erased,
        Map<String, String> annotations) {

    static EventResponse of(AuditEvent event) {
        Optional<String> json = event.isErased() ? Optional.empty() : JsonText.of(event.payload());
        return new EventResponse(
                event.eventId(),
                event.topic(),
                event.key(),
                event.type(),
                event.source(),
                event.correlationId(),
                event.causationId(),
                event.occurredAt(),
                event.recordedAt(),
                json.orElse(null),
                json.isPresent() || event.isErased()
                        ? null
                        : Base64.getEncoder().encodeToString(event.payload()),
                event.isErased() ? true : null,
                event.annotations());
    }
}
