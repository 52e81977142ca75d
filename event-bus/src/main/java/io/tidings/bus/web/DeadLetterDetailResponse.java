package io.tidings.bus.web;

import io.tidings.bus.deadletter.DeadLetterContent;
import io.tidings.bus.deadletter.DeadLetterEntry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter with all that is known of it.
 *
 * @param headers what is written on the message
 * @param payload its content as text; null if it is no UTF-8
 * @param payloadBytes its content in base64; null if it is text
 * @param stack where the last attempt failed; null if there was none
 * @param ahead messages of its key that come before it
 * @param behind messages of its key that wait behind it
 */
record DeadLetterDetailResponse(
        DeadLetterResponse deadLetter,
        Map<String, String> headers,
        @Nullable String payload,
        byte @Nullable [] payloadBytes,
        @Nullable String stack,
        long ahead,
        long behind) {

    static DeadLetterDetailResponse of(DeadLetterEntry entry, DeadLetterContent content) {
        String text = textOf(content.payload());
        return new DeadLetterDetailResponse(
                DeadLetterResponse.of(entry),
                content.headers(),
                text,
                text == null ? content.payload() : null,
                content.stack(),
                content.ahead(),
                content.behind());
    }

    private static @Nullable String textOf(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            return null;
        }
    }
}
