package io.tidings.bus.message;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is written on one message, header by header, or in structured mode what its payload says instead. Each message
 * that comes goes through it, so it keeps no map of them. Of several headers of a name the last counts. NUL, which no
 * database takes in a text, is replaced.
 */
public final class EnvelopeReader {

    private static final String UUID_FORM = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    private @Nullable String id;
    private @Nullable String subject;
    private @Nullable String type;
    private @Nullable String source;
    private @Nullable String time;
    private @Nullable String correlationId;
    private @Nullable String causationId;
    private @Nullable String traceparent;
    private String contentType = "";
    private @Nullable Map<String, String> annotations;

    /** Whether a header says something that is not known without it. */
    public static boolean needs(String header) {
        return !header.equals(CloudEventHeaders.SPECIFICATION) && !header.equals(CloudEventHeaders.DATA_SCHEMA);
    }

    /** Takes in one header. */
    public void put(String header, String text) {
        String value = storable(text);
        switch (header) {
            case CloudEventHeaders.ID -> id = value;
            case CloudEventHeaders.SUBJECT -> subject = value;
            case CloudEventHeaders.TYPE -> type = value;
            case CloudEventHeaders.SOURCE -> source = value;
            case CloudEventHeaders.TIME -> time = value;
            case CloudEventHeaders.CORRELATION -> correlationId = value;
            case CloudEventHeaders.CAUSATION -> causationId = value;
            case CloudEventHeaders.TRACEPARENT -> traceparent = value;
            case CloudEventHeaders.CONTENT_TYPE -> contentType = value;
            default -> {
                if (needs(header)) {
                    annotate(storable(header), value);
                }
            }
        }
    }

    private void annotate(String name, String value) {
        if (annotations == null) {
            annotations = new HashMap<>();
        }
        annotations.put(name, value);
    }

    static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** What all headers say that were taken in, of the message that they belong to. */
    public EnvelopeDraft read(byte[] payload) {
        return StructuredEvent.in(contentType, payload)
                .map(event -> {
                    event.headers().forEach(this::put);
                    return draft(event.data());
                })
                .orElseGet(() -> draft(payload));
    }

    private EnvelopeDraft draft(byte[] data) {
        return new EnvelopeDraft(
                uuid(),
                subject,
                type == null ? "" : type,
                source == null ? "" : source,
                time == null ? null : instantIn(time),
                correlationId,
                causationId,
                traceparent,
                annotations == null ? Map.of() : annotations,
                data);
    }

    /**
     * Ids of other systems need not be UUIDs: they are unique together with their source. One that is a UUID stays as it is,
     * whoever gave it: by it alone other messages name their cause, and so a copy in a dead letter or a replay has the id of
     * what it is a copy of. One that is blank is none: messages with it would pass for duplicates of each other.
     */
    private @Nullable UUID uuid() {
        if (id == null || id.isBlank()) {
            return null;
        }
        return isUuid(id) ? UUID.fromString(id) : EnvelopeDraft.idMadeOf((source == null ? "" : source) + '\0' + id);
    }

    /** In full only: the JDK also reads 2026-11-28-17-3 as one. */
    private static boolean isUuid(String id) {
        if (id.length() != UUID_FORM.length()) {
            return false;
        }
        for (int at = 0; at < id.length(); at++) {
            boolean fits = UUID_FORM.charAt(at) == '-' ? id.charAt(at) == '-' : HexFormat.isHexDigit(id.charAt(at));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** By a library for RFC 3339 alone: the JDK's formatter took an eighth of a consumer's time. */
    private static @Nullable Instant instantIn(String time) {
        try {
            return ITU.parseDateTime(time).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
